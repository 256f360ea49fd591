package globs

meets[i] := regex.globs_match(pair[0], pair[1]) if some i, pair in input
