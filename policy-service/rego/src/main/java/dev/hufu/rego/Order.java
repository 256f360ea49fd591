package dev.hufu.rego;

/** OPA's total order over values. */
final class Order {
    private Order() {}

    @SuppressWarnings("ReferenceEquality") // one object is equal to itself, and often met
    static int compare(Value a, Value b) {
        if (a == b) {
            return 0;
        }
        if (a instanceof Str x && b instanceof Str y) { // nearly all that is sorted
            return compareText(x.value(), y.value());
        }
        if (a.rank() != b.rank()) {
            return Integer.compare(a.rank(), b.rank());
        }
        return switch (a) {
            case Null _ -> 0;
            case Bool x -> Boolean.compare(x.value(), ((Bool) b).value());
            case Num x -> x.compareNumber((Num) b);
            case Str x -> compareText(x.value(), ((Str) b).value());
            case Arr _, Obj _, SetValue _ -> compareCollections(a, b);
        };
    }

    /** By code point, which UTF-16 order is not where surrogates meet the end of the basic plane. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // constants of a plan are interned
    static int compareText(String a, String b) {
        if (a == b) {
            return 0;
        }
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xSurrogate = Character.isSurrogate(x);
                return xSurrogate == Character.isSurrogate(y) ? Character.compare(x, y) : xSurrogate ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Both are of one type, and small enough to follow every path through them. */
    private static int compareCollections(Value a, Value b) {
        a.weight();
        b.weight();
        return switch (a) {
            case Arr x -> compareArrays(x, (Arr) b);
            case Obj x -> compareObjects(x, (Obj) b);
            case SetValue x -> compareSets(x, (SetValue) b);
            case Null _, Bool _, Num _, Str _ -> 0;
        };
    }

    private static int compareArrays(Arr a, Arr b) {
        int shared = Math.min(a.size(), b.size());
        for (int i = 0; i < shared; i++) {
            int order = compare(a.at(i), b.at(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareSets(SetValue a, SetValue b) {
        int shared = Math.min(a.size(), b.size());
        for (int i = 0; i < shared; i++) {
            int order = compare(a.at(i), b.at(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareObjects(Obj a, Obj b) {
        int shared = Math.min(a.size(), b.size());
        for (int i = 0; i < shared; i++) {
            int order = compare(a.keyAt(i), b.keyAt(i));
            if (order == 0) {
                order = compare(a.valueAt(i), b.valueAt(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
