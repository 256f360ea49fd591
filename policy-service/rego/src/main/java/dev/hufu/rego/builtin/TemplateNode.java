package dev.hufu.rego.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree of a template in the language of Go's {@code text/template}. */
sealed interface TemplateNode {
    record Text(String text) implements TemplateNode {}

    record Action(Pipe pipe) implements TemplateNode {}

    record If(Pipe pipe, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record With(Pipe pipe, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record Range(Pipe pipe, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    /** {@code {{template "name" pipe}}}. */
    record Include(String name, @Nullable Pipe pipe) implements TemplateNode {}

    record Break() implements TemplateNode {}

    record Continue() implements TemplateNode {}

    /**
     * Commands, each given the value of the one before as its last argument.
     *
     * @param variables declared, or assigned where {@code assigns}
     */
    record Pipe(List<String> variables, boolean assigns, List<List<Operand>> commands) {}

    /** What a command is made of. */
    sealed interface Operand {}

    record Dot() implements Operand {}

    record Nil() implements Operand {}

    /** Text, {@code Long}, {@code Double} or {@code Boolean}. */
    record Literal(Object value) implements Operand {}

    record Variable(String name) implements Operand {}

    record Function(String name) implements Operand {}

    record Nested(Pipe pipe) implements Operand {}

    /** {@code of.field}. */
    record Field(Operand of, String field) implements Operand {}
}
