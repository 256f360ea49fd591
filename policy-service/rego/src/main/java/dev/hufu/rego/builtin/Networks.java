package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Distinct;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** {@code net.cidr_*}. */
final class Networks {
    /** Characters of an address, about. */
    private static final int ADDRESS = 16;
    /** What reading an address takes, in units of {@link Context#spend}. */
    private static final int PARSE = 64;

    private Networks() {}

    static void register(Registry registry) {
        registry.binary("net.cidr_contains", (_, a, b) -> contains(a, b));
        registry.binary("net.cidr_overlap", (_, a, b) -> contains(a, b));
        registry.binary("net.cidr_intersects", (_, a, b) -> {
            Cidr x = Cidr.network(Operands.string(1, a));
            Cidr y = Cidr.network(Operands.string(2, b));
            return Value.of(x.overlaps(y));
        });
        registry.unary("net.cidr_is_valid", (_, a) -> Value.of(a instanceof Str text && Cidr.isNetwork(text.value())));
        registry.binary("net.cidr_contains_matches", Networks::matches);
        registry.unary("net.cidr_expand", (context, a) -> expand(context, Cidr.network(Operands.string(1, a))));
        registry.unary("net.cidr_merge", (context, a) -> merge(context, a));
    }

    private static Value contains(Value a, Value b) {
        Cidr outer = Cidr.network(Operands.string(1, a));
        Cidr inner = Cidr.addressOrNetwork(Operands.string(2, b));
        return Value.of(outer.contains(inner));
    }

    /** Calls with each element's key and CIDR: a string, or the first of a tuple. */
    private static void each(int position, Value value, BiConsumer<Value, String> action) {
        switch (value) {
            case Str text -> action.accept(text, text.value());
            case Arr array -> {
                for (int i = 0; i < array.size(); i++) {
                    action.accept(Num.of(i), cidrOf(position, array.at(i)));
                }
            }
            case SetValue set -> set.forEach(member -> action.accept(member, cidrOf(position, member)));
            case Obj object -> object.forEach((key, member) -> action.accept(key, cidrOf(position, member)));
            default ->
                throw BuiltinException.failed("operand " + position + ": element must be string or non-empty array");
        }
    }

    private static String cidrOf(int position, Value element) {
        Value text = element instanceof Arr tuple && tuple.size() > 0 ? tuple.at(0) : element;
        if (text instanceof Str string) {
            return string.value();
        }
        throw BuiltinException.failed("operand " + position + ": element must be string or non-empty array");
    }

    private static Value matches(Context context, Value a, Value b) {
        Distinct found = new Distinct();
        each(1, a, (outerKey, outer) -> {
            Cidr network = Cidr.network(outer);
            each(2, b, (innerKey, inner) -> {
                context.work(1);
                context.spend(PARSE);
                if (network.contains(Cidr.addressOrNetwork(inner))) {
                    found.add(Arr.of(outerKey, innerKey));
                }
            });
        });
        return SetValue.of(found);
    }

    private static Value expand(Context context, Cidr network) {
        long count = network.size();
        List<Value> addresses = new ArrayList<>();
        context.reserve(count < Integer.MAX_VALUE ? count * ADDRESS : count);
        for (long i = 0; i < count; i++) {
            context.spend(ADDRESS);
            addresses.add(new Str(network.address(i)));
        }
        return SetValue.of(addresses, context.order());
    }

    private static Value merge(Context context, Value value) {
        if (!(value instanceof Arr) && !(value instanceof SetValue)) {
            throw BuiltinException.failed("operand must be an array");
        }
        List<Cidr> networks = new ArrayList<>();
        for (Value element : Operands.elements(1, value)) {
            if (!(element instanceof Str text)) {
                throw BuiltinException.failed("element must be string");
            }
            context.spend(PARSE);
            networks.add(Cidr.forMerge(text.value()));
        }
        List<Value> merged = new ArrayList<>();
        Cidr.merge(networks).forEach(text -> merged.add(new Str(text)));
        return SetValue.of(merged);
    }
}
