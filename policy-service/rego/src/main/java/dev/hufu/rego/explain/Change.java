package dev.hufu.rego.explain;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of one attribute.
 *
 * @param from what the input has, empty for nothing; of a member whether it is there
 * @param to what it would have
 */
public record Change(Attribute attribute, Optional<Value> from, Optional<Value> to) {
    /** The input with it; null where it does not fit, as below a text. */
    @Nullable
    Value in(@Nullable Value input) {
        return switch (attribute) {
            case Attribute.Field field -> Paths.with(input, field.path(), to);
            case Attribute.Member member -> {
                boolean wanted = to.equals(Optional.of(Bool.TRUE));
                Value changed = Paths.withMember(Paths.at(input, member.path()), member.member(), wanted);
                yield changed == null ? null : Paths.with(input, member.path(), Optional.of(changed));
            }
        };
    }

    /** {@code input.a → 2}, {@code add "hr" to input.roles}; what the input has is left out, as it may be personal. */
    @Override
    public String toString() {
        return switch (attribute) {
            case Attribute.Field field -> to.map(value -> field + " → " + value).orElse("remove " + field);
            case Attribute.Member member ->
                (to.equals(Optional.of(Bool.TRUE))
                                ? "add " + member.member() + " to "
                                : "take " + member.member() + " out of ")
                        + new Attribute.Field(member.path());
        };
    }
}
