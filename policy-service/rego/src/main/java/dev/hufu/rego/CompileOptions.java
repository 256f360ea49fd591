package dev.hufu.rego;

import java.time.Clock;
import java.util.Optional;

/**
 * How modules are compiled.
 *
 * @param strict errors inside builtins end the evaluation instead of leaving the expression undefined
 * @param v0 modules are Rego v0 unless they import {@code rego.v1}
 * @param strictMode what is unused is an error, as with {@code opa check --strict}
 * @param clock what {@code time.now_ns} reads, once an evaluation
 * @param schemas JSON Schemas that metadata refers to, or that of the input
 * @param coverage notes what is evaluated; slower
 */
public record CompileOptions(
        Capabilities capabilities,
        boolean strict,
        boolean v0,
        boolean strictMode,
        Clock clock,
        Schemas schemas,
        Optional<Coverage> coverage) {
    /** Rego v1, every builtin, lenient builtins, the system's clock in UTC. */
    public static CompileOptions defaults() {
        return new CompileOptions(
                Capabilities.all(), false, false, false, Clock.systemUTC(), Schemas.none(), Optional.empty());
    }

    public CompileOptions withStrict(boolean wanted) {
        return new CompileOptions(capabilities, wanted, v0, strictMode, clock, schemas, coverage);
    }

    public CompileOptions withV0(boolean wanted) {
        return new CompileOptions(capabilities, strict, wanted, strictMode, clock, schemas, coverage);
    }

    public CompileOptions withStrictMode(boolean wanted) {
        return new CompileOptions(capabilities, strict, v0, wanted, clock, schemas, coverage);
    }

    public CompileOptions withCoverage(Coverage wanted) {
        return new CompileOptions(capabilities, strict, v0, strictMode, clock, schemas, Optional.of(wanted));
    }

    public CompileOptions withClock(Clock wanted) {
        return new CompileOptions(capabilities, strict, v0, strictMode, wanted, schemas, coverage);
    }

    public CompileOptions withCapabilities(Capabilities wanted) {
        return new CompileOptions(wanted, strict, v0, strictMode, clock, schemas, coverage);
    }

    public CompileOptions withSchemas(Schemas wanted) {
        return new CompileOptions(capabilities, strict, v0, strictMode, clock, wanted, coverage);
    }
}
