package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValueTest {
    private final SplittableRandom random = new SplittableRandom(11);

    private Value any() {
        return switch (random.nextInt(5)) {
            case 0 -> Value.of(random.nextInt(6));
            case 1 -> Num.parse(random.nextInt(3) + ".0");
            case 2 -> Value.of("text " + random.nextInt(6));
            case 3 -> Arr.of(Value.of(random.nextInt(2)));
            default -> Obj.of(Value.of("k" + random.nextInt(2)), Value.of(random.nextInt(2)));
        };
    }

    private Set<Value> some() {
        Set<Value> members = new HashSet<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            members.add(any());
        }
        return members;
    }

    @Test
    void union_ofAnyTwoSets_isThatOfTheirMembers() {
        for (int i = 0; i < 5_000; i++) {
            Set<Value> left = some();
            Set<Value> right = some();
            Set<Value> both = new HashSet<>(left);
            both.addAll(right);
            SetValue union = SetValue.of(left).union(SetValue.of(right));
            assertThat((Value) union).isEqualTo(SetValue.of(both));
            assertThat(union.asList()).isSorted();
        }
    }

    @Test
    void with_valuesInTheOrderOfTheKeys_isTheObjectOfThem() {
        Shape shape = Shape.of("one", "a", "two", "b", "c", "d", "e", "f", "g", "three");
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            values.add(Value.of(i));
        }
        assertThat(shape.with(values.toArray(Value[]::new)))
                .isEqualTo(Value.fromJson(
                        "{\"one\":0,\"a\":1,\"two\":2,\"b\":3,\"c\":4,\"d\":5,\"e\":6,\"f\":7,\"g\":8,\"three\":9}"));
        assertThatThrownBy(() -> shape.with(Value.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 values for 10 keys");
        assertThatThrownBy(() -> Shape.of("a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void in_documentsOfMixedKinds_findsWhatGetFinds() {
        Lookup lookup = new Lookup(Value.of("k1"));
        for (int i = 0; i < 5_000; i++) {
            Value document = i % 7 == 0 ? Value.fromJson("{\"k1\":[{\"k1\":1},{\"k1\":2}]}") : any();
            assertThat(lookup.in(document)).isEqualTo(document.get(Value.of("k1")));
        }
    }
}
