package cases.formats

v1 := sprintf("%d", [1e1])

v2 := sprintf("%d", [2.0])

v3 := trim_left(sprintf("%5.2f", [3.14159]), " ")

v4 := sprintf("%d %d", [1])

v5 := sprintf("%d", [1, 2.5])

v6 := sprintf("%[3]d", [1])

v7 := sprintf("%s", [1, 123456789012345678901234567890])

v8 := sprintf("%d %d %d", [1, 2])

v9 := sprintf("%[1]d %[2]d %d", [1, 2])

v10 := sprintf("%v", [])

v11 := sprintf("x", [1, "a", [1], {"a": 1}, null, true, {1}])

v12 := sprintf("%s", [123456789012345678901234567890])

v13 := sprintf("x", [123456789012345678901234567890, 1.5, 1e3])

v14 := sprintf("%d", [123456789012345678901234567890])

v15 := sprintf("%[0]d", [1])

v16 := sprintf("%[x]d", [1])

v17 := sprintf("%!", [1])

v18 := sprintf("%*d", [5, 1])

v19 := sprintf("%*d", ["a", 1])

v20 := sprintf("%.*f", [2, 1.234])

v21 := sprintf("%q %x %X %o %b %c %U", ["a", 255, 255, 8, 5, 97, 97])

v22 := sprintf("%[2]*[1]d", [1, 5])

v23 := sprintf("%d %s", ["a", 1])

v24 := sprintf("%t", [true])

v25 := sprintf("%e %g %G", [1.5, 1.5, 1e21])

v26 := sprintf("%v %v %v", [1e3, 2.0, 1e-7])

v27 := sprintf("%-5d|%05d|%+d|% d", [1, 2, 3, 4])

v28 := sprintf("%[3]d %d", [1, 2])

v29 := sprintf("%s", [{"b": [1, null]}])

v30 := sprintf("%[2]d %d", [1])

v31 := sprintf("%*d|", [-5, 1])

v32 := sprintf("%[1]5d", [1])

v33 := sprintf("%[2]*d", [1, 5])

v34 := sprintf("%[", [1])

v35 := sprintf("%[1", [1])

v36 := sprintf("%.[2]*[1]f", [1.2345, 2])

v37 := sprintf("%.*d", [-1, 5])

v38 := sprintf("%.*d", ["a", 5])

v39 := sprintf("%[1].2f", [1.234])

v40 := sprintf("%[1]%", [1])

v41 := sprintf("%*d", [1.5, 2])

v42 := sprintf("%*d", [2000000, 2])

v43 := sprintf("%[2]d %[1]d", [1, 2])

v44 := sprintf("%[5]d %[1]d", [1, 2])

v45 := sprintf("%v", [123456789012345678901234567890])

v46 := sprintf("%t", [123456789012345678901234567890])
