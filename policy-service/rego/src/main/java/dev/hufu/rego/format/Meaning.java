package dev.hufu.rego.format;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleJson;
import java.util.Set;

/** What rules say, whatever they look like: two modules with the same meaning differ in layout only. */
final class Meaning {
    /** How a rule was written, not what it says; and where. */
    private static final Set<String> LOOKS = Set.of("assign", "generated", "location");

    private Meaning() {}

    static Value of(Module module) {
        Value rules = ModuleJson.of(module).get("rules");
        return rules == null ? Arr.EMPTY : bare(rules);
    }

    private static Value bare(Value value) {
        return switch (value) {
            case Arr array -> Arr.of(array.asList().stream().map(Meaning::bare).toList());
            case Obj object -> bare(object);
            case Null _, Bool _, Num _, Str _, SetValue _ -> value;
        };
    }

    private static Value bare(Obj object) {
        if (object.get("type") instanceof Str type) {
            if (type.value().equals("templatestring")) {
                // its constants become part of its text
                return type;
            }
            if (type.value().equals("set") && object.get("value") instanceof Arr members) {
                return Arr.of(members.asList().stream()
                        .map(Meaning::bare)
                        .distinct()
                        .sorted()
                        .toList());
            }
        }
        ObjBuilder fields = new ObjBuilder();
        object.forEach((key, member) -> {
            if (!(key instanceof Str name && LOOKS.contains(name.value()))) {
                fields.put(key, bare(member));
            }
        });
        return fields.build();
    }
}
