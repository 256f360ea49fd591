package dev.hufu.rego.syntax;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A module as the object that {@code opa parse --format json} prints. */
public final class ModuleJson {
    private int wildcards;

    private ModuleJson() {}

    public static Obj of(Module module) {
        ModuleJson json = new ModuleJson();
        List<Value> path = new ArrayList<>(List.of(node("var", new Str("data"))));
        module.pkg().forEach(name -> path.add(node("string", new Str(name))));
        ObjBuilder fields = new ObjBuilder().put("package", Obj.of(new Str("path"), Arr.of(path)));
        if (!module.imports().isEmpty()) {
            fields.put("imports", each(module.imports(), ModuleJson::imported));
        }
        if (!module.rules().isEmpty()) {
            fields.put("rules", each(module.rules(), json::rule));
        }
        if (!module.comments().isEmpty()) {
            fields.put("comments", each(module.comments(), comment -> comment(module.file(), comment)));
        }
        return fields.build();
    }

    private static <T> Arr each(List<T> items, java.util.function.Function<T, Value> function) {
        return Arr.of(items.stream().map(function).toList());
    }

    private static Obj node(String type, Value value) {
        return new ObjBuilder().put("type", new Str(type)).put("value", value).build();
    }

    private static Value comment(String file, Module.Comment comment) {
        Value place =
                Value.of(Map.of("file", new Str(file), "row", Num.of(comment.row()), "col", Num.of(comment.column())));
        byte[] text = comment.text().getBytes(StandardCharsets.UTF_8);
        return Value.of(Map.of("Text", new Str(Base64.getEncoder().encodeToString(text)), "Location", place));
    }

    private static Value imported(Module.Import imported) {
        List<Value> path = new ArrayList<>();
        imported.path().forEach(name -> path.add(node(path.isEmpty() ? "var" : "string", new Str(name))));
        ObjBuilder fields = new ObjBuilder().put("path", node("ref", Arr.of(path)));
        if (imported.renamed()) {
            fields.put("alias", new Str(imported.alias()));
        }
        return fields.build();
    }

    private Value rule(Rule rule) {
        ObjBuilder fields = new ObjBuilder();
        fields.put("head", head(rule)).put("body", rule.written().bodied() ? body(rule.body()) : always());
        Rule next = rule.orElse();
        if (next != null) {
            fields.put("else", rule(next));
        }
        if (rule.isDefault()) {
            fields.put("default", Bool.TRUE);
        }
        return fields.build();
    }

    private static Arr always() {
        return Arr.of(new ObjBuilder()
                .put("generated", Bool.TRUE)
                .put("index", Num.ZERO)
                .put("terms", node("boolean", Bool.TRUE))
                .build());
    }

    private Obj head(Rule rule) {
        List<Term> name = rule.name();
        ObjBuilder fields = new ObjBuilder().put("ref", each(name, this::term));
        Term member = rule.member();
        boolean named = name.size() == 1 || (name.size() == 2 && member == null);
        if (named && name.getFirst() instanceof Term.Var variable) {
            fields.put("name", new Str(variable.name()));
        }
        if (member != null) {
            fields.put("key", term(member));
        } else {
            if (name.size() == 2) {
                fields.put("key", term(name.getLast()));
            }
            List<Term> args = rule.args();
            if (args != null) {
                fields.put("args", each(args, this::term));
            }
            fields.put("value", term(rule.value()));
        }
        if (rule.written().assigned()) {
            fields.put("assign", Bool.TRUE);
        }
        return fields.build();
    }

    private Arr body(List<Expr> body) {
        List<Value> shown = new ArrayList<>();
        for (Expr expr : body) {
            shown.add(expr(expr, shown.size()));
        }
        return Arr.of(shown);
    }

    private Value expr(Expr expr, int index) {
        ObjBuilder fields = new ObjBuilder().put("index", Num.of(index)).put("terms", terms(expr.form()));
        if (expr.negated()) {
            fields.put("negated", Bool.TRUE);
        }
        if (!expr.withs().isEmpty()) {
            fields.put(
                    "with",
                    each(
                            expr.withs(),
                            with -> new ObjBuilder()
                                    .put("target", target(with.target()))
                                    .put("value", term(with.value()))
                                    .build()));
        }
        return fields.build();
    }

    private Value target(Term target) {
        return target instanceof Term.Var ? node("ref", Arr.of(term(target))) : term(target);
    }

    private Value terms(Expr.Form form) {
        return switch (form) {
            case Expr.Holds holds ->
                holds.term() instanceof Term.Call call
                        ? Arr.of(call(call.function(), call.args()))
                        : term(holds.term());
            case Expr.Equal equal -> operator("eq", equal.left(), equal.right());
            case Expr.Assign assign -> operator("assign", assign.target(), assign.value());
            case Expr.Logic logic -> logic(logic);
            case Expr.SomeVars some -> Obj.of(new Str("symbols"), each(some.vars(), this::term));
            case Expr.SomeIn some -> {
                List<Term> args = new ArrayList<>();
                Term key = some.key();
                if (key != null) {
                    args.add(key);
                }
                args.add(some.value());
                args.add(some.domain());
                Term function = TermParser.builtinName(
                        "internal.member_" + args.size(), some.domain().at());
                yield Obj.of(new Str("symbols"), Arr.of(node("call", Arr.of(call(function, args)))));
            }
            case Expr.Every every -> {
                Term.Var key = every.key();
                yield new ObjBuilder()
                        .put("key", key == null ? Null.NULL : term(key))
                        .put("value", term(every.value()))
                        .put("domain", term(every.domain()))
                        .put("body", body(every.body()))
                        .build();
            }
        };
    }

    private Obj logic(Expr.Logic logic) {
        ObjBuilder fields =
                new ObjBuilder().put("type", new Str(logic.operator().word()));
        List<Expr.Operand> operands = logic.operands();
        if (logic.operator() == Expr.Operator.NOT) {
            fields.put("explicit_body", Value.of(operands.getFirst().explicit()));
            return fields.put("body", body(operands.getFirst().body())).build();
        }
        for (Expr.Operand operand : operands) {
            String side = operand.equals(operands.getFirst()) ? "lhs" : "rhs";
            fields.put(side, body(operand.body()));
            if (operand.explicit()) {
                fields.put("explicit_" + side, Bool.TRUE);
            }
        }
        return fields.build();
    }

    private Arr operator(String name, Term left, Term right) {
        return Arr.of(call(TermParser.builtinName(name, left.at()), List.of(left, right)));
    }

    private List<Value> call(Term function, List<Term> args) {
        List<Value> parts = new ArrayList<>();
        parts.add(target(function));
        args.forEach(arg -> parts.add(term(arg)));
        return parts;
    }

    private Value term(Term term) {
        return switch (term) {
            case Term.Const constant -> constant(constant.value());
            case Term.Var variable -> node("var", new Str(variable.isWildcard() ? "$" + wildcards++ : variable.name()));
            case Term.Ref ref -> {
                List<Value> path = new ArrayList<>(List.of(term(ref.head())));
                ref.path().forEach(key -> path.add(term(key)));
                yield node("ref", Arr.of(path));
            }
            case Term.ArrayOf array -> node("array", each(array.items(), this::term));
            case Term.SetOf set -> node("set", each(sorted(set.items()), this::term));
            case Term.ObjectOf object ->
                node(
                        "object",
                        each(
                                object.entries().stream()
                                        .sorted(Comparator.comparing(Term.Entry::key, ModuleJson::compare))
                                        .toList(),
                                entry -> Arr.of(term(entry.key()), term(entry.value()))));
            case Term.Comprehension comprehension -> comprehension(comprehension);
            case Term.Call call -> node("call", Arr.of(call(call.function(), call.args())));
            case Term.Template template -> {
                List<Value> parts = new ArrayList<>();
                for (Expr part : template.parts()) {
                    boolean text = part.form() instanceof Expr.Holds holds && holds.term() instanceof Term.Const;
                    parts.add(text ? terms(part.form()) : expr(part, 0));
                }
                yield node(
                        "templatestring",
                        Value.of(Map.of("parts", Arr.of(parts), "multi_line", Value.of(template.raw()))));
            }
        };
    }

    private Value comprehension(Term.Comprehension comprehension) {
        ObjBuilder fields = new ObjBuilder();
        Term key = comprehension.key();
        if (key != null) {
            fields.put("key", term(key));
        }
        fields.put(key == null ? "term" : "value", term(comprehension.value()));
        fields.put("body", body(comprehension.body()));
        String shape = comprehension.shape().name().toLowerCase(java.util.Locale.ROOT);
        return node(shape + "comprehension", fields.build());
    }

    private static Value constant(Value value) {
        return switch (value) {
            case Null _ -> node("null", Obj.EMPTY);
            case Bool _ -> node("boolean", value);
            case Num _ -> node("number", value);
            case Str _ -> node("string", value);
            case Arr array -> node("array", each(array.asList(), ModuleJson::constant));
            case SetValue set -> node("set", each(set.asList(), ModuleJson::constant));
            case Obj object -> {
                List<Value> members = new ArrayList<>();
                object.forEach((key, member) -> members.add(Arr.of(constant(key), constant(member))));
                yield node("object", Arr.of(members));
            }
        };
    }

    private static List<Term> sorted(List<Term> items) {
        return items.stream().sorted(ModuleJson::compare).toList();
    }

    private static int rank(Term term) {
        return switch (term) {
            case Term.Const constant -> constant.value().rank();
            case Term.Var _ -> 4;
            case Term.Ref _ -> 5;
            case Term.ArrayOf _ -> 6;
            case Term.ObjectOf _ -> 7;
            case Term.SetOf _ -> 8;
            case Term.Comprehension _ -> 9;
            case Term.Call _ -> 10;
            case Term.Template _ -> 11;
        };
    }

    /** OPA's order of terms, as far as constants and variables go; others keep their places. */
    private static int compare(Term a, Term b) {
        if (a instanceof Term.Const x && b instanceof Term.Const y) {
            return x.value().compareTo(y.value());
        }
        if (a instanceof Term.Var x && b instanceof Term.Var y) {
            return x.name().compareTo(y.name());
        }
        return Integer.compare(rank(a), rank(b));
    }
}
