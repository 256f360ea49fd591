package dev.hufu.service.gate;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A module that OPA compiled, translated to the JVM's code once for all its instances. Immutable and thread-safe.
 */
final class WasmProgram {
    private static final String ENTRY_POINT = "hufu/decision";

    private final WasmModule module;
    private final Function<Instance, Machine> machine;
    private final int entryPoint;

    private WasmProgram(WasmModule module, Function<Instance, Machine> machine, int entryPoint) {
        this.module = module;
        this.machine = machine;
        this.entryPoint = entryPoint;
    }

    /** @throws EngineException when it is no module of OPA's, lacks the entry point, or calls builtins that Wasm has not */
    static WasmProgram of(byte[] bytes) throws EngineException {
        try {
            WasmModule module = Parser.parse(bytes);
            var program = new WasmProgram(
                    module,
                    MachineFactoryCompiler.builder(module)
                            .withInterpreterFallback(InterpreterFallback.SILENT)
                            .compile(),
                    -1);
            var instance = new WasmInstance(program);
            JsonNode missing = instance.builtins();
            if (!missing.isEmpty()) {
                throw new EngineException(
                        "HUFU_POLICY_WASM names a module that calls " + String.join(", ", missing.propertyNames())
                                + ", which Wasm does not offer.",
                        "Write those rules without it, or choose HUFU_POLICY_ENGINE=embedded or opa.");
            }
            JsonNode entry = instance.entryPoints().path(ENTRY_POINT);
            if (!entry.isInt()) {
                throw new EngineException(
                        "HUFU_POLICY_WASM names a module without the entry point " + ENTRY_POINT + ".",
                        WasmBundle.BUILD + ".");
            }
            return new WasmProgram(module, program.machine, entry.intValue());
        } catch (ChicoryException | WasmTrap | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            throw new EngineException(
                    "HUFU_POLICY_WASM names a bundle whose policy.wasm is no module of OPA's, or damaged ("
                            + damaged.getClass().getSimpleName() + ").",
                    WasmBundle.BUILD + ".",
                    damaged);
        }
    }

    WasmModule module() {
        return module;
    }

    Function<Instance, Machine> machine() {
        return machine;
    }

    int entryPoint() {
        return entryPoint;
    }
}
