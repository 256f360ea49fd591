package cases.numbers

v1 := substring("abc", 1e0, 2)

v2 := substring("abc", 1.0, 2)

v3 := substring("abc", 0, 1e18)

v4 := array.slice([1, 2, 3], 1e0, 2)

v5 := array.slice([1, 2, 3], 1.0, 2)

v6 := numbers.range(1e0, 3)

v7 := numbers.range(1.0, 3)

v8 := bits.lsh(1e0, 2)

v9 := bits.lsh(1, 2.0)

v10 := time.format(1e18)

v11 := time.add_date(1e18, 0, 0, 1)

v12 := time.add_date(0, 1.0, 0, 1)

v13 := format_int(1e1, 10)

v14 := 1e18 == 1000000000000000000

v15 := 5 % 2.0

v16 := 1e1 % 3

v17 := json.marshal([1e1, 2.0, -0.0, 1E2])

v18 := product([0.1, 1e400])

v19 := indexof_n("aaa", "a")

v20 := product({0.5, 0.1, 3})

v21 := sum([0.1, 12345678901234567890123, 1])

v22 := 12345678901234567890123 + 0.1

v23 := product([])

v24 := product([-0.0])

v25 := product([0, -1.5])

v26 := -0.0 * 2.5

v27 := -0.0 + 0

v28 := [x | some x in numbers.range_step(1, 10, 3.0)]

v29 := strings.count("aa", "a") * 1.0

v30 := substring("abc", -1, 2)

v31 := substring("abcdef", 99, 1)

v32 := 0.1 * 0.2

v33 := product([0.1, 0.2, 0.3])

v34 := 0 * -2.5

v35 := product([0, -2.5])

v36 := (0.1 * 0.2) * 0.3

v37 := ceil(-0.5)

v38 := ceil(-0.9)

v39 := substring("abc", 1, 1e18)

v40 := 0.1 + 0.2

v41 := sum([0.1, 0.2, 0.3])

v42 := floor(-0.5)

v43 := round(-0.4)

v44 := -0.0

v45 := 0 * -1

v46 := 0.0 * -1

v47 := -2.5 * 0

v48 := substring("abc", 0, 99999999999999999999)

v49 := substring("abc", 0, 4294967298)

v50 := yaml.unmarshal("a: 1e2\nb: 2.0\nc: -0\nd: -0.0")

v51 := ceil(-0.5)

v52 := floor(-0.5)

v53 := round(-0.5)

v54 := round(-0.4)

v55 := ceil(-1.5)

v56 := floor(-1.5)

v57 := ceil(1.2)

v58 := floor(0.2)

v59 := ceil(-0.0001)

v60 := ceil(0.5)

v61 := round(0.5)

v62 := round(-1.5)

v63 := round(2.5)
