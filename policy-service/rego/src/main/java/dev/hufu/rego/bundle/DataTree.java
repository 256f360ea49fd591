package dev.hufu.rego.bundle;

import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents of several files put together: objects are merged, anything else may stand at a path only once. */
final class DataTree {
    private final Map<Value, DataTree> members = new HashMap<>();
    /** The document where it came in one piece; its members are unfolded once a second comes to the same path. */
    private @Nullable Value whole;

    private boolean isEmpty = true;

    /** Puts a file's document at its directory. */
    void add(BundleFile file) throws BundleException {
        add(file.directory(), file.value(), file.path());
    }

    /** @param file that an error names */
    void add(List<String> path, Value document, String file) throws BundleException {
        if (path.isEmpty() && !(document instanceof Obj)) {
            throw conflict(file, "data itself must be an object; move the file into a directory");
        }
        DataTree node = this;
        for (int i = 0; i < path.size(); i++) {
            node = node.member(new Str(path.get(i)), path.subList(0, i), file);
        }
        node.merge(document, String.join("/", path), file);
    }

    private DataTree member(Value key, List<String> path, String file) throws BundleException {
        unfold(String.join("/", path), file);
        return members.computeIfAbsent(key, _ -> new DataTree());
    }

    private void unfold(String path, String file) throws BundleException {
        Value folded = whole;
        if (folded instanceof Obj object) {
            whole = null;
            object.forEach((key, value) -> {
                DataTree member = new DataTree();
                member.whole = value;
                member.isEmpty = false;
                members.put(key, member);
            });
        } else if (folded != null) {
            throw twice(file, path);
        }
        isEmpty = false;
    }

    private void merge(Value document, String path, String file) throws BundleException {
        if (isEmpty) {
            whole = document;
            isEmpty = false;
            return;
        }
        unfold(path, file);
        if (!(document instanceof Obj object)) {
            throw twice(file, path);
        }
        for (int i = 0; i < object.size(); i++) {
            Value key = object.keyAt(i);
            String name = key instanceof Str text ? text.value() : key.toJson();
            String below = path.isEmpty() ? name : path + "/" + name;
            members.computeIfAbsent(key, _ -> new DataTree()).merge(object.valueAt(i), below, file);
        }
    }

    private static BundleException twice(String file, String path) {
        String where = BundleException.shown(path.replace('/', '.'));
        return conflict(file, "another file already says what stands at data." + where + "; say it in one");
    }

    private static BundleException conflict(String file, String what) {
        return new BundleException(BundleException.Code.CONFLICT, file, what);
    }

    /** What was put together; an empty object where nothing was. */
    Obj build() {
        return value() instanceof Obj object ? object : Obj.EMPTY;
    }

    private Value value() {
        if (whole != null) {
            return whole;
        }
        ObjBuilder object = new ObjBuilder();
        members.forEach((key, member) -> object.put(key, member.value()));
        return object.build();
    }
}
