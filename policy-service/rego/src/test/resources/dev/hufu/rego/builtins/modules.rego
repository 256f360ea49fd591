package pmt

r := {k: rego.parse_module("x.rego", v) | some k, v in input}
