package uri_cases

parsed := {text: uri.parse(text) | some text in input}

valid := {text: uri.is_valid(text) | some text in input}
