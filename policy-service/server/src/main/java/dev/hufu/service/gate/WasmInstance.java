package dev.hufu.service.gate;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.styra.opa.wasm.OpaWasm_Env;
import com.styra.opa.wasm.OpaWasm_ModuleExports;
import com.styra.opa.wasm.OpaWasm_ModuleImports;
import dev.hufu.service.facts.FactsSnapshot;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One instance of a program with a memory of its own, by OPA's Wasm ABI 1.3. The facts lie at the bottom of its heap and stay;
 * what an evaluation leaves above them is forgotten by the next. For one thread at a time; after anything thrown it is not used
 * again.
 */
final class WasmInstance {
    /** Most memory, in pages of 64 KiB: 64 MiB, of which the shipped facts and one evaluation take about 1. */
    static final int MAX_PAGES = 1_024;

    /** What the module asks for at least, and room for its first facts. */
    private static final int FIRST_PAGES = 16;

    /** Longest answer, in bytes; a decision of the shipped policy has some 3,000. */
    private static final int MAX_ANSWER = 1 << 20;

    private static final int ALIGNMENT = 8;

    /** What OPA's allocator says where memory cannot grow. */
    private static final String NO_MEMORY = "opa_malloc: failed";

    private final int entryPoint;
    private final Memory memory;
    private final OpaWasm_ModuleExports exports;
    private final int heapStart;
    private int factsAddress;
    private int factsEnd;
    private @Nullable FactsSnapshot loaded;

    WasmInstance(WasmProgram program) {
        this.entryPoint = program.entryPoint();
        this.memory = new ByteArrayMemory(new MemoryLimits(FIRST_PAGES, MAX_PAGES));
        OpaWasm_Env env = new Alone(memory);
        OpaWasm_ModuleImports imports = () -> env;
        this.exports = new OpaWasm_ModuleExports(Instance.builder(program.module())
                .withImportValues(imports.toImportValues())
                .withMemoryFactory(_ -> memory)
                .withMachineFactory(program.machine())
                .build());
        this.heapStart = exports.opaHeapPtrGet();
    }

    /** The builtins that the module would call outside itself, by name. */
    JsonNode builtins() {
        return json(exports.opaJsonDump(exports.builtins()));
    }

    /** Numbers of the entry points, by name. */
    JsonNode entryPoints() {
        return json(exports.opaJsonDump(exports.entrypoints()));
    }

    /** The decision's document, null where it is undefined. Loads the facts first unless they are those of the last call. */
    @Nullable
    JsonNode evaluate(byte[] input, FactsSnapshot facts) {
        if (loaded != facts) {
            load(facts);
        }
        write(factsEnd, input);
        int heap = aligned(factsEnd + input.length);
        JsonNode results = json(exports.opaEval(0, entryPoint, factsAddress, factsEnd, input.length, heap, 0));
        return results.isEmpty() ? null : results.path(0).path("result");
    }

    private void load(FactsSnapshot facts) {
        byte[] text = ("{\"facts\":" + facts.document() + "}").getBytes(StandardCharsets.UTF_8);
        loaded = null;
        exports.opaHeapPtrSet(heapStart);
        int at = exports.opaMalloc(text.length);
        memory.write(at, text);
        factsAddress = exports.opaJsonParse(at, text.length);
        if (factsAddress == 0) {
            throw new WasmTrap("the facts do not parse");
        }
        factsEnd = aligned(exports.opaHeapPtrGet());
        loaded = facts;
    }

    private void write(int at, byte[] bytes) {
        int missing = at + bytes.length - memory.pages() * Memory.PAGE_SIZE;
        if (missing > 0 && memory.grow(1 + missing / Memory.PAGE_SIZE) < 0) {
            throw new WasmTrap("the input does not fit");
        }
        memory.write(at, bytes);
    }

    private JsonNode json(int at) {
        int end = at;
        while (memory.read(end) != 0) {
            end++;
            if (end - at > MAX_ANSWER) {
                throw new WasmTrap("the answer is longer than " + MAX_ANSWER + " bytes");
            }
        }
        return JsonMapper.shared().readTree(memory.readBytes(at, end - at));
    }

    private static int aligned(int address) {
        return (address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Where a module runs: with a memory, and with nothing to call but its own end. */
    private record Alone(Memory memory) implements OpaWasm_Env {
        private static WasmTrap called() {
            return new WasmTrap("the module called a builtin that is not there");
        }

        @Override
        public int opaBuiltin0(int builtin, int context) {
            throw called();
        }

        @Override
        public int opaBuiltin1(int builtin, int context, int a) {
            throw called();
        }

        @Override
        public int opaBuiltin2(int builtin, int context, int a, int b) {
            throw called();
        }

        @Override
        public int opaBuiltin3(int builtin, int context, int a, int b, int c) {
            throw called();
        }

        @Override
        public int opaBuiltin4(int builtin, int context, int a, int b, int c, int d) {
            throw called();
        }

        @Override
        public void opaAbort(int message) {
            String why = memory.readCString(message);
            throw new WasmTrap("the module ended itself", NO_MEMORY.equals(why));
        }
    }
}
