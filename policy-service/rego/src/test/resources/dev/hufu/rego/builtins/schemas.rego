package schemas

valid[i] := json.verify_schema(pair[0]) if some i, pair in input

matches[i] := [held, {error | some error in errors}] if {
	some i, pair in input
	[held, errors] := json.match_schema(pair[1], pair[0])
}
