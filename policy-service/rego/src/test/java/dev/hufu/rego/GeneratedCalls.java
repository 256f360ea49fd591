package dev.hufu.rego;

import java.util.List;
import java.util.Random;

/** Calls of builtins: each with operands of the types it takes, some of them with odd values. */
final class GeneratedCalls {
    /** A call with its operands' kinds: n number, s string, a array, t set, o object, c collection, v any, w a list of words, and pools below. */
    private static final List<String> CALLS = List.of(
            "abs(n)",
            "ceil(n)",
            "floor(n)",
            "round(n)",
            "numbers.range(i, i)",
            "numbers.range_step(i, i, 2)",
            "bits.and(i, i)",
            "bits.or(i, i)",
            "bits.xor(i, i)",
            "bits.negate(i)",
            "bits.lsh(i, i)",
            "bits.rsh(i, i)",
            "upper(s)",
            "lower(s)",
            "trim_space(s)",
            "trim(s, s)",
            "trim_left(s, s)",
            "trim_right(s, s)",
            "trim_prefix(s, s)",
            "trim_suffix(s, s)",
            "split(s, s)",
            "replace(s, s, s)",
            "contains(s, s)",
            "startswith(s, s)",
            "endswith(s, s)",
            "indexof(s, s)",
            "indexof_n(s, s)",
            "substring(s, i, i)",
            "strings.reverse(s)",
            "strings.count(s, s)",
            "strings.replace_n({\"a\": \"b\", \"b\": \"c\"}, s)",
            "strings.any_prefix_match(s, s)",
            "strings.any_suffix_match(w, s)",
            "format_int(n, 10)",
            "format_int(n, 2)",
            "format_int(n, 16)",
            "concat(s, w)",
            "sprintf(f, [v, v])",
            "sprintf(f, a)",
            "base64.encode(s)",
            "base64url.encode_no_pad(s)",
            "base64.is_valid(s)",
            "hex.encode(s)",
            "urlquery.encode(s)",
            "urlquery.decode(s)",
            "urlquery.encode_object({\"a\": s, \"b\": w})",
            "crypto.md5(s)",
            "crypto.sha256(s)",
            "crypto.hmac.sha1(s, s)",
            "json.unmarshal(j)",
            "json.is_valid(j)",
            "json.marshal(v)",
            "yaml.unmarshal(j)",
            "yaml.is_valid(j)",
            "to_number(d)",
            "regex.match(r, s)",
            "regex.split(r, s)",
            "regex.replace(s, r, s)",
            "regex.find_n(r, s, i)",
            "regex.is_valid(r)",
            "regex.find_all_string_submatch_n(r, s, i)",
            "glob.match(g, [], s)",
            "glob.match(g, [\".\"], p)",
            "glob.match(g, null, p)",
            "glob.quote_meta(g)",
            "semver.compare(m, m)",
            "semver.is_valid(m)",
            "units.parse(u)",
            "units.parse_bytes(u)",
            "time.parse_rfc3339_ns(z)",
            "time.date(k)",
            "time.clock(k)",
            "time.weekday(k)",
            "time.add_date(k, i, i, i)",
            "time.diff(k, k)",
            "time.format(k)",
            "time.parse_duration_ns(e)",
            "time.date([k, \"Asia/Shanghai\"])",
            "time.format([k, \"Europe/Berlin\", \"2006-01-02 Mon 15:04:05 MST\"])",
            "time.parse_ns(\"2006-01-02\", \"2024-02-29\")",
            "net.cidr_contains(x, x)",
            "net.cidr_intersects(x, x)",
            "net.cidr_merge([x, x])",
            "net.cidr_is_valid(x)",
            "net.cidr_contains_matches(x, [x, x])",
            "array.concat(a, a)",
            "array.slice(a, i, i)",
            "array.reverse(a)",
            "sort(c)",
            "sum(q)",
            "product(q)",
            "max(c)",
            "min(c)",
            "count(c)",
            "intersection({t, t})",
            "union({t, t})",
            "(t | t)",
            "(t & t)",
            "t - t",
            "object.get(o, v, v)",
            "object.get(o, [\"a\", v], v)",
            "object.keys(o)",
            "object.remove(o, w)",
            "object.remove(o, o)",
            "object.union(o, o)",
            "object.union_n([o, o, o])",
            "object.filter(o, w)",
            "object.subset(o, o)",
            "object.subset(t, t)",
            "object.subset(a, a)",
            "json.filter(o, [\"a\", \"b/0\"])",
            "json.remove(o, [\"a/a\", \"b/1\"])",
            "json.filter(o, [[\"a\", v]])",
            "json.patch(o, [{\"op\": \"add\", \"path\": \"/a\", \"value\": v}])",
            "json.patch(o, [{\"op\": \"remove\", \"path\": \"/b\"}])",
            "json.patch(a, [{\"op\": \"replace\", \"path\": \"/0\", \"value\": v}])",
            "json.patch(a, [{\"op\": \"copy\", \"from\": \"/0\", \"path\": \"/-\"}])",
            "json.patch(t, [{\"op\": \"add\", \"path\": [v], \"value\": v}])",
            "type_name(v)",
            "is_number(v)",
            "is_set(v)",
            "is_array(v)",
            "is_object(v)",
            "is_null(v)",
            "is_boolean(v)",
            "[x | walk(v, x)]",
            "graph.reachable({\"a\": [\"b\"], \"b\": {\"c\"}, \"c\": []}, w)",
            "graph.reachable_paths({\"a\": [\"b\"], \"b\": [\"a\", \"c\"], \"c\": []}, {\"a\"})",
            "strings.render_template(\"{{.a}}-{{ range .b }}{{ . }},{{ end }}\", {\"a\": v, \"b\": a})",
            "uuid.parse(s)",
            "ceil(n / i)",
            "n % i",
            "n * n",
            "n - n",
            "n + n",
            "t == t",
            "v in c",
            "v, v in c",
            "json.match_schema(o, {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}})[0]",
            "to_number(v)",
            "rego.parse_module(\"p.rego\", \"package p\\nq := 1\").package.path[1].value",
            "object.get(a, i, v)",
            "array.flatten([a, [a], v])",
            "strings.split_n(s, s, i)",
            "internal.member_2(v, c)");

    private final Random random;

    GeneratedCalls(Random random) {
        this.random = random;
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    /** Gives a bound variable or any constant. */
    interface Values {
        String value();
    }

    /** A call; words of one letter in a pattern's arguments become operands. */
    String call(Values values) {
        String pattern = CALLS.get(random.nextInt(CALLS.size()));
        if (pattern.startsWith("internal.") || pattern.startsWith("strings.split_n")) {
            pattern = "count(c)";
        }
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '"' && pattern.charAt(Math.max(0, i - 1)) != '\\';
            boolean alone = !quoted
                    && Character.isLowerCase(c)
                    && !isWord(pattern, i - 1)
                    && !isWord(pattern, i + 1)
                    && !pattern.startsWith("[x |")
                    && !pattern.startsWith("(", i + 1);
            boolean walked = pattern.startsWith("[x |") && c == 'v' && pattern.charAt(i - 1) == '(';
            text.append(alone || walked ? operand(c, values) : String.valueOf(c));
        }
        return text.toString();
    }

    private static boolean isWord(String text, int at) {
        return at >= 0
                && at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.');
    }

    private String operand(char kind, Values values) {
        if (random.nextInt(25) == 0) {
            // of a type that is not known before it is evaluated
            return pick("input.xs", "input.ys", "input.o.a", "input.n", "input.s", "input.zz", "data.lib.things[0]");
        }
        return switch (kind) {
            case 'n' -> pick("0", "1", "-1", "2.5", "-2.5", "0.1", "1e3", "12345678901234567890", "1.0", "7", "3");
            case 'i' -> pick("0", "1", "-1", "2", "3", "5", "10", "-2");
            case 's' ->
                pick(
                        "\"\"",
                        "\"a\"",
                        "\"ab\"",
                        "\"人é\"",
                        "\"a b\"",
                        "\"abcabc\"",
                        "\"B\"",
                        "\"😀x\"",
                        "\" a \"",
                        "\"a.b/c\"");
            case 'w' -> pick("[]", "[\"a\"]", "[\"a\", \"b\"]", "[\"b\", \"人\", \"\"]", "{\"a\", \"b\"}");
            case 'a' ->
                pick(
                        "lib.id([1, \"b\"])",
                        "[]",
                        "[1, 2, 3]",
                        "[\"a\", null]",
                        "[[1], {2}]",
                        "[3, 1, 2, 1]",
                        "[" + values.value() + "]");
            case 't' ->
                pick("set()", "{1, 2}", "{2, 3}", "{\"a\", null}", "{[1], {\"a\": 1}}", "{" + values.value() + "}");
            case 'o' ->
                pick(
                        "{}",
                        "{\"a\": 1}",
                        "{\"a\": {\"a\": 1}, \"b\": [1, 2]}",
                        "{\"b\": null, 1: 2}",
                        "{\"a\": " + values.value() + "}");
            case 'c' ->
                pick("[]", "[2, 1, \"a\"]", "{1, \"b\"}", "{\"a\": 1, \"b\": 2}", "[" + values.value() + ", 1]");
            case 'q' ->
                pick("[]", "[1, 2.5]", "{1, 2, 3}", "[0.1, 0.2, 0.3]", "[1e3, -1]", "[12345678901234567890, 1]");
            case 'f' ->
                pick(
                        "\"%v|%v\"",
                        "\"%d %s\"",
                        "\"%5d|%-5v|\"",
                        "\"%x %X\"",
                        "\"%q\"",
                        "\"%.2f %e\"",
                        "\"%t %%\"",
                        "\"%08.3f\"",
                        "\"%v\"",
                        "\"%[2]v %[1]v\"",
                        "\"%c %U\"",
                        "\"%+d\"",
                        "\"%#x\"");
            case 'j' ->
                pick(
                        "\"{\\\"a\\\": [1, 2.0, null]}\"",
                        "\"[1,\"",
                        "\"1e2\"",
                        "\"\\\"x\\\"\"",
                        "\"\"",
                        "\"{} {}\"",
                        "\"nul\"",
                        "\"[true]\"");
            case 'd' ->
                pick("\"1\"", "\"1.50\"", "\"x\"", "\"1e3\"", "\"-0\"", "\"\"", "\" 1\"", "\"0x10\"", "true", "null");
            case 'r' ->
                pick(
                        "\"a\"",
                        "\"[ab]+\"",
                        "\"^a?b*$\"",
                        "\"(a)(b)?\"",
                        "\"\\\\\\\\w+\"".replace("\\\\\\\\", "\\\\"),
                        "\"[\"",
                        "\"人|é\"",
                        "\"\"",
                        "\"(?i)B\"",
                        "\".\"");
            case 'g' ->
                pick(
                        "\"*\"",
                        "\"a*\"",
                        "\"**\"",
                        "\"{a,b}*\"",
                        "\"[a-c]?\"",
                        "\"*.b\"",
                        "\"[!a]*\"",
                        "\"a.*\"",
                        "\"?\"");
            case 'p' -> pick("\"a.b\"", "\"a.b.c\"", "\"ab\"", "\"\"", "\"人.x\"", "\"a:b\"");
            case 'm' -> pick("\"1.0.0\"", "\"1.0.0-rc.1\"", "\"2.10.3+b\"", "\"1.0\"", "\"v1.0.0\"", "\"1.0.0-alpha\"");
            case 'u' ->
                pick("\"1\"", "\"10Ki\"", "\"1.5MB\"", "\"100m\"", "\"1e3\"", "\"x\"", "\"\"", "\"2 GB\"", "\"1mib\"");
            case 'z' ->
                pick(
                        "\"2024-02-29T12:00:00Z\"",
                        "\"2023-01-01T00:00:00+08:00\"",
                        "\"x\"",
                        "\"2024-13-01T00:00:00Z\"",
                        "\"1999-12-31T23:59:59.123456789Z\"");
            case 'k' -> pick("0", "1709164800000000000", "-1", "951782400123456789", "1e18");
            case 'e' -> pick("\"1h30m\"", "\"-5s\"", "\"1.5h\"", "\"1d\"", "\"x\"", "\"100ms\"", "\"2w3d\"");
            case 'x' ->
                pick(
                        "\"10.0.0.0/8\"",
                        "\"10.1.0.0/16\"",
                        "\"192.168.1.1\"",
                        "\"2001:db8::/32\"",
                        "\"x\"",
                        "\"10.0.0.1/32\"");
            default -> random.nextBoolean() ? values.value() : "lib.id(" + values.value() + ")";
        };
    }
}
