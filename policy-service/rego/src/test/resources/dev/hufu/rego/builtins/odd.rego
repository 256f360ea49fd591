package odd

found[i] := regex.find_n(c[0], c[1], -1) if some i, c in input.patterns

grouped[i] := regex.find_all_string_submatch_n(c[0], c[1], -1) if some i, c in input.patterns

split_up[i] := regex.split(c[0], c[1]) if some i, c in input.patterns

replaced[i] := regex.replace(c[1], c[0], "-") if some i, c in input.patterns

raised[i] := upper(text) if some i, text in input.texts

lowered[i] := lower(text) if some i, text in input.texts

trimmed[i] := trim_space(text) if some i, text in input.texts

yamls[i] := yaml.marshal(value) if some i, value in input.values

versions[i] := semver.is_valid(version) if some i, version in input.versions

numbers_of[i] := to_number(text) + 0 if some i, text in input.numbers

products[i] := product(factors) if some i, factors in input.factors

queries[i] := urlquery.decode_object(query) if some i, query in input.queries

durations[i] := time.parse_duration_ns(text) if some i, text in input.durations

ids[i] := uuid.parse(id) if some i, id in input.ids

keys := json.marshal({10: "a", 9: "b", "0": 1, null: 2, true: 3, {"x"}: 4, [1]: 5})

first_key_stays := [json.marshal(o) | some o in [{1.0: "a", 1: "b"}, {x: 1 | some x in [1.0, 1]}, object.union({1.0: 1}, {1: 2})]]
