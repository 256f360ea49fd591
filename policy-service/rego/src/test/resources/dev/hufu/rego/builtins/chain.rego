package chain

now := 1795557600000000000

all := concat("", [input.root, input.intermediate, input.leaf])

names(pems, options) := [valid, [c.Subject.CommonName | some c in certificates]] if {
	[valid, certificates] := crypto.x509.parse_and_verify_certificates_with_options(
		pems,
		object.union({"CurrentTime": now}, options),
	)
}

usages[usage] := names(all, {"KeyUsages": [usage]}) if some usage in ["KeyUsageAny", "KeyUsageClientAuth", "KeyUsageServerAuth"]

default_usage := names(all, {})

hosts[host] := names(all, {"KeyUsages": {"KeyUsageAny"}, "DNSName": host})[0] if {
	some host in [
		"a.example", "A.example.", "x.b.example", "x.y.b.example", "b.example", "leaf",
		"10.0.0.1", "[10.0.0.1]", "10.0.0.2",
	]
}

early := names(all, {"KeyUsages": ["KeyUsageAny"], "CurrentTime": 1000})

late := names(all, {"KeyUsages": ["KeyUsageAny"], "CurrentTime": time.add_date(now, 5, 0, 0)})

unknown_usage := names(all, {"KeyUsages": ["KeyUsageOther"]})

unknown_option := names(all, {"Other": 1})

without_intermediate := names(concat("", [input.root, input.leaf]), {"KeyUsages": ["KeyUsageAny"]})

twice := names(concat("", [input.root, input.intermediate, input.intermediate, input.leaf]), {"KeyUsages": ["KeyUsageAny"]})

trusted_leaf := names(concat("", [input.leaf, input.leaf]), {"KeyUsages": ["KeyUsageAny"]})

no_certificate := crypto.x509.parse_and_verify_certificates("-----BEGIN")
