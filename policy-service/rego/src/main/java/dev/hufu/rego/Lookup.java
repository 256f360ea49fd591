package dev.hufu.rego;

import org.jspecify.annotations.Nullable;

/**
 * A key that is looked up again and again. It remembers where it was found last, so that objects of one {@link Shape}, or of
 * one document with the same keys, need no search. Equal by its key. Thread-safe.
 */
public final class Lookup {
    /** Racy by design: it is immutable, and any one is as good as another. */
    private @Nullable Found last;

    private final Value key;

    private record Found(Table table, int at) {}

    public Lookup(Value key) {
        this.key = key;
    }

    /** As {@link Value#get}. */
    @SuppressWarnings("ReferenceEquality") // the same table, not one like it
    public @Nullable Value in(Value document) {
        if (!(document instanceof Obj object)) {
            return document.get(key);
        }
        Found known = last;
        if (known == null || known.table != object.table) {
            if (object instanceof LargeObj) {
                return object.get(key);
            }
            known = new Found(object.table, object.table.find(key));
            last = known;
        }
        return known.at < 0 ? null : object.valueAt(known.at);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lookup lookup && key.equals(lookup.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
