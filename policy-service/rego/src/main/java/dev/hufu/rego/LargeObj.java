package dev.hufu.rego;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of many members that was changed: its members in pages, in order, so that the next change copies one page and the
 * list of pages, and shares the rest (path copying; Driscoll, Sarnak, Sleator and Tarjan, "Making data structures persistent",
 * 1989). A look-up is a binary search over pages and one within.
 */
final class LargeObj extends Obj {
    /** From so many members on, an object is changed by pages. */
    static final int FROM = 4_096;

    private static final int PAGE = 256;

    private final Obj[] pages;
    /** Position of each page's first member, and behind the last page's the number of all. */
    private final int[] starts;

    private LargeObj(Obj[] pages) {
        this.pages = pages;
        this.starts = new int[pages.length + 1];
        for (int i = 0; i < pages.length; i++) {
            starts[i + 1] = starts[i] + pages[i].size();
        }
    }

    static LargeObj of(Obj object) {
        Obj[] pages = new Obj[(object.size() + PAGE - 1) / PAGE];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = object.slice(i * PAGE, Math.min(object.size(), (i + 1) * PAGE));
        }
        return new LargeObj(pages);
    }

    @Override
    public int size() {
        return starts[pages.length];
    }

    @Override
    public Value keyAt(int index) {
        int page = pageAt(Objects.checkIndex(index, size()));
        return pages[page].keyAt(index - starts[page]);
    }

    @Override
    public Value valueAt(int index) {
        int page = pageAt(Objects.checkIndex(index, size()));
        return pages[page].valueAt(index - starts[page]);
    }

    private int pageAt(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }

    /** The page that holds the key, or would. */
    private int pageOf(Value key) {
        int low = 0;
        int high = pages.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pages[middle].keyAt(0).compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public @Nullable Value get(Value key) {
        return pages[pageOf(key)].get(key);
    }

    @Override
    public boolean has(Value key) {
        return pages[pageOf(key)].has(key);
    }

    @Override
    public List<Value> keys() {
        Value[] keys = new Value[size()];
        for (int i = 0; i < pages.length; i++) {
            for (int at = 0; at < pages[i].size(); at++) {
                keys[starts[i] + at] = pages[i].keyAt(at);
            }
        }
        return List.of(keys);
    }

    @Override
    public void forEach(BiConsumer<? super Value, ? super Value> action) {
        for (Obj page : pages) {
            page.forEach(action);
        }
    }

    @Override
    public Obj with(Value key, Value value) {
        int at = pageOf(key);
        Obj changed = pages[at].with(key, value);
        if (changed.size() <= 2 * PAGE) {
            return replaced(at, changed);
        }
        int half = changed.size() / 2;
        return replaced(at, changed.slice(0, half), changed.slice(half, changed.size()));
    }

    @Override
    public Obj without(Value key) {
        int at = pageOf(key);
        Obj changed = pages[at].without(key);
        if (changed.size() > 0) {
            return replaced(at, changed);
        }
        return pages.length == 1 ? Obj.EMPTY : replaced(at);
    }

    private LargeObj replaced(int at, Obj... by) {
        Obj[] made = new Obj[pages.length - 1 + by.length];
        System.arraycopy(pages, 0, made, 0, at);
        System.arraycopy(by, 0, made, at, by.length);
        System.arraycopy(pages, at + 1, made, at + by.length, pages.length - at - 1);
        return new LargeObj(made);
    }

    @Override
    int weightOfMembers() {
        return Weight.of(pages);
    }

    /** A page's own is kept with it: after a change, one page is read anew. */
    @Override
    int hashOfMembers() {
        int h = 0;
        for (Obj page : pages) {
            h += page.hashCode();
        }
        return h;
    }

    @Override
    boolean sameMembers(Obj other) {
        if (size() != other.size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!keyAt(i).equals(other.keyAt(i)) || !valueAt(i).equals(other.valueAt(i))) {
                return false;
            }
        }
        return true;
    }
}
