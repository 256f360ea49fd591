package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code strings.render_template}: runs a template over an object. */
final class Templates {
    private static final int MAX_DEPTH = 100;

    /** How a list of nodes ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** A variable, innermost last. */
    private static final class Variable {
        final String name;
        Object value;

        Variable(String name, Object value) {
            this.name = name;
            this.value = value;
        }
    }

    private final Context context;
    private final Map<String, List<TemplateNode>> templates;
    private final StringBuilder out = new StringBuilder();
    private List<Variable> variables = new ArrayList<>();
    private int depth;

    private Templates(Context context, Map<String, List<TemplateNode>> templates) {
        this.context = context;
        this.templates = templates;
    }

    static void register(Registry registry) {
        registry.binary("strings.render_template", (context, a, b) -> {
            String text = Operands.string(1, a);
            Obj data = Operands.object(2, b);
            if (holdsSet(data)) {
                throw BuiltinException.failed("a set cannot be given to a template");
            }
            context.work(1 + text.length());
            Templates run = new Templates(context, TemplateParser.parse(text));
            run.variables.add(new Variable("$", data));
            run.all(run.templates.getOrDefault("", List.of()), data);
            return new Str(run.out.toString().replace("<no value>", "<undefined>"));
        });
    }

    private static boolean holdsSet(Value value) {
        return switch (value) {
            case SetValue _ -> true;
            case Arr array -> array.asList().stream().anyMatch(Templates::holdsSet);
            case Obj object -> {
                boolean found = false;
                for (int i = 0; i < object.size(); i++) {
                    found |= holdsSet(object.valueAt(i));
                }
                yield found;
            }
            default -> false;
        };
    }

    private void write(String text) {
        context.reserve(text.length());
        out.append(text);
    }

    private Flow all(List<TemplateNode> nodes, Object dot) {
        if (++depth > MAX_DEPTH) {
            throw BuiltinException.failed("exceeded maximum template depth (" + MAX_DEPTH + ")");
        }
        int declared = variables.size();
        Flow flow = Flow.ON;
        for (TemplateNode node : nodes) {
            flow = one(node, dot);
            if (flow != Flow.ON) {
                break;
            }
        }
        variables.subList(declared, variables.size()).clear();
        depth--;
        return flow;
    }

    private Flow one(TemplateNode node, Object dot) {
        context.work(1);
        return switch (node) {
            case TemplateNode.Text text -> {
                write(text.text());
                yield Flow.ON;
            }
            case TemplateNode.Action action -> {
                Object value = value(action.pipe(), dot);
                if (action.pipe().variables().isEmpty()) {
                    write(value instanceof Null ? "<no value>" : TemplateFunctions.show(value));
                }
                yield Flow.ON;
            }
            case TemplateNode.If branch -> {
                int declared = variables.size();
                boolean holds = TemplateFunctions.isTrue(value(branch.pipe(), dot));
                Flow flow = all(holds ? branch.body() : branch.otherwise(), dot);
                variables.subList(declared, variables.size()).clear();
                yield flow;
            }
            case TemplateNode.With with -> {
                int declared = variables.size();
                Object value = value(with.pipe(), dot);
                Flow flow = TemplateFunctions.isTrue(value) ? all(with.body(), value) : all(with.otherwise(), dot);
                variables.subList(declared, variables.size()).clear();
                yield flow;
            }
            case TemplateNode.Range range -> range(range, dot);
            case TemplateNode.Include include -> {
                include(include, dot);
                yield Flow.ON;
            }
            case TemplateNode.Break _ -> Flow.BREAK;
            case TemplateNode.Continue _ -> Flow.CONTINUE;
        };
    }

    private void include(TemplateNode.Include include, Object dot) {
        List<TemplateNode> body = templates.get(include.name());
        if (body == null) {
            throw BuiltinException.failed("template \"" + include.name() + "\" not defined");
        }
        TemplateNode.Pipe pipe = include.pipe();
        Object given = pipe == null ? Null.NULL : value(pipe, dot);
        List<Variable> outside = variables;
        variables = new ArrayList<>(List.of(new Variable("$", given)));
        all(body, given);
        variables = outside;
    }

    private Flow range(TemplateNode.Range range, Object dot) {
        Object over = value(range.pipe(), dot);
        List<Object> keys = new ArrayList<>();
        List<Object> items = new ArrayList<>();
        switch (over) {
            case Arr array -> {
                for (int i = 0; i < array.size(); i++) {
                    keys.add((long) i);
                    items.add(array.at(i));
                }
            }
            case Obj object ->
                object.forEach((key, value) -> {
                    keys.add(key);
                    items.add(value);
                });
            case Long count -> {
                context.reserve(Math.max(0, count));
                for (long i = 0; i < count; i++) {
                    keys.add(i);
                    items.add(i);
                }
            }
            case Null _ -> {
                // nothing to go through
            }
            default -> throw BuiltinException.failed("range can't iterate over " + TemplateFunctions.show(over));
        }
        if (items.isEmpty()) {
            return all(range.otherwise(), dot);
        }
        List<String> names = range.pipe().variables();
        for (int i = 0; i < items.size(); i++) {
            int declared = variables.size();
            if (!names.isEmpty()) {
                set(range.pipe(), names.getLast(), items.get(i));
            }
            if (names.size() > 1) {
                set(range.pipe(), names.getFirst(), keys.get(i));
            }
            Flow flow = all(range.body(), items.get(i));
            variables.subList(declared, variables.size()).clear();
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private void set(TemplateNode.Pipe pipe, String name, Object value) {
        if (pipe.assigns()) {
            find(name).value = value;
        } else {
            variables.add(new Variable(name, value));
        }
    }

    private Variable find(String name) {
        return variables.reversed().stream()
                .filter(variable -> variable.name.equals(name))
                .findFirst()
                .orElseThrow(() -> BuiltinException.failed("undefined variable: " + name));
    }

    private Object value(TemplateNode.Pipe pipe, Object dot) {
        Object value = null;
        for (List<TemplateNode.Operand> command : pipe.commands()) {
            value = command(command, dot, value);
        }
        Object result = value == null ? Null.NULL : value;
        if (pipe.variables().size() == 1) {
            set(pipe, pipe.variables().getFirst(), result);
        }
        return result;
    }

    private Object command(List<TemplateNode.Operand> command, Object dot, @Nullable Object piped) {
        TemplateNode.Operand first = command.getFirst();
        if (first instanceof TemplateNode.Function function) {
            return function(function.name(), command.subList(1, command.size()), dot, piped);
        }
        if (command.size() > 1 || piped != null) {
            throw BuiltinException.failed("can't give argument to non-function");
        }
        if (first instanceof TemplateNode.Nil) {
            throw BuiltinException.failed("nil is not a command");
        }
        return operand(first, dot);
    }

    private Object function(String name, List<TemplateNode.Operand> operands, Object dot, @Nullable Object piped) {
        boolean stops = name.equals("and") || name.equals("or");
        List<Object> args = new ArrayList<>();
        for (TemplateNode.Operand operand : operands) {
            Object value = operand(operand, dot);
            args.add(value);
            if (stops && TemplateFunctions.isTrue(value) == name.equals("or")) {
                return value;
            }
        }
        if (piped != null) {
            args.add(piped);
        }
        if (stops) {
            if (args.isEmpty()) {
                throw BuiltinException.failed("wrong number of args for " + name + ": want at least 1 got 0");
            }
            return args.getLast();
        }
        return TemplateFunctions.call(context, name, args);
    }

    private Object operand(TemplateNode.Operand operand, Object dot) {
        return switch (operand) {
            case TemplateNode.Dot _ -> dot;
            case TemplateNode.Nil _ -> Null.NULL;
            case TemplateNode.Literal literal -> literal.value();
            case TemplateNode.Variable variable -> find(variable.name()).value;
            case TemplateNode.Function function -> function(function.name(), List.of(), dot, null);
            case TemplateNode.Nested nested -> value(nested.pipe(), dot);
            case TemplateNode.Field field -> field(field, dot);
        };
    }

    /** A member; below one that is missing, nothing is missed any more. */
    private Object field(TemplateNode.Field field, Object dot) {
        Object of = operand(field.of(), dot);
        if (of instanceof Obj object) {
            Value member = object.get(field.field());
            return member == null ? Null.NULL : member;
        }
        boolean missing = of instanceof Null && field.of() instanceof TemplateNode.Field above && isMissing(above, dot);
        if (missing) {
            return Null.NULL;
        }
        throw BuiltinException.failed(
                of instanceof Null
                        ? "nil pointer evaluating interface {}." + field.field()
                        : "can't evaluate field " + field.field() + " in type interface {}");
    }

    private boolean isMissing(TemplateNode.Field field, Object dot) {
        Object of = operand(field.of(), dot);
        return of instanceof Obj object
                ? object.get(field.field()) == null
                : of instanceof Null && field.of() instanceof TemplateNode.Field above && isMissing(above, dot);
    }
}
