package templates

values := {
	"n": 0, "m": 12, "f": 1.5, "s": "<a> & 'b'", "e": "", "t": true, "z": null,
	"l": [1, "x", [2], {"k": null}], "o": {"b": 2, "a": {"c": [true]}}, "q": "he\"y", "h-y": 1,
}

rendered[text] := strings.render_template(text, values) if some text in input

set_inside := strings.render_template("{{.a}}", {"a": {1}})
