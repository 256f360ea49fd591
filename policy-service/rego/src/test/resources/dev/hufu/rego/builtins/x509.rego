package x509

certificates := {name: crypto.x509.parse_certificates(pem) | some name, pem in input.certificates}

keys := {name: crypto.parse_private_keys(pem) | some name, pem in input.keys}

jwks := {name: crypto.x509.parse_rsa_private_key(pem) | some name, pem in input.keys}

pairs := {name: crypto.x509.parse_keypair(input.certificates[name], key) | some name, key in input.keys}

mismatch := crypto.x509.parse_keypair(input.certificates.rsa, input.keys.ec)

request := crypto.x509.parse_certificate_request(input.request)
