package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.syntax.Words;
import java.util.List;

/** What a module parsed as v0 may have that v1 refuses and no other way of writing cures. */
public final class NamesOfV1 {
    private NamesOfV1() {}

    /** Rules named after keywords or roots, parameters after roots, imports of one name, calls of functions that v1 no longer has. */
    public static List<RegoError> problems(Module module) {
        Findings findings = new Findings();
        for (Rule rule : module.rules()) {
            if (rule.name().size() == 1
                    && rule.name().getFirst() instanceof Term.Var name
                    && Words.isReserved(name.name())) {
                findings.add(RegoError.PARSE, rule.at(), name.name() + " keyword cannot be used for rule name");
            }
        }
        Usage.checkNames(module, findings);
        return findings.list();
    }
}
