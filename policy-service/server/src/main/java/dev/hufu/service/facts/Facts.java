package dev.hufu.service.facts;

import dev.hufu.service.registers.ChangeListener;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Register;
import dev.hufu.service.registers.RegisterChange;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.RegisterRecord;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Term;
import dev.hufu.service.registers.VocabularyKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the current snapshot. It is rebuilt before the call that changed a register returns, so that the next decision already
 * sees the change. Thread-safe.
 */
public final class Facts implements ChangeListener {
    private final Registers registers;
    private final Clock clock;
    private final AtomicReference<FactsSnapshot> current;

    private Facts(Registers registers, Clock clock) {
        this.registers = registers;
        this.clock = clock;
        this.current = new AtomicReference<>(build());
    }

    /** Builds the first snapshot and listens to the registers from then on. */
    public static Facts of(Registers registers, Clock clock) {
        Facts facts = new Facts(registers, clock);
        registers.listen(facts);
        facts.rebuild(); // a change between the first snapshot and the listening would be lost otherwise
        return facts;
    }

    public FactsSnapshot current() {
        return current.get();
    }

    @Override
    public void changed(RegisterChange change) {
        rebuild();
    }

    /** Changes come one at a time, but for the one after construction; the lock keeps an older snapshot from coming last. */
    private synchronized void rebuild() {
        current.set(build());
    }

    private FactsSnapshot build() {
        List<Term> terms = new ArrayList<>();
        for (VocabularyKind kind : VocabularyKind.values()) {
            terms.addAll(registers.vocabulary(kind));
        }
        List<RegisterRecord> records = new ArrayList<>();
        for (Register register : Register.values()) {
            records.addAll(registers.records(register));
        }
        return snapshot(terms, records, registers.datasets(), clock.instant());
    }

    /** The snapshot that the policy files alone would give. */
    public static FactsSnapshot of(RegisterFiles files, Instant time) {
        return snapshot(files.terms(), files.records(), files.datasets(), time);
    }

    private static FactsSnapshot snapshot(
            List<Term> terms, List<RegisterRecord> records, List<RegisteredDataset> datasets, Instant time) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        ObjectNode vocabulary = document.putObject("vocabulary");
        for (VocabularyKind kind : VocabularyKind.values()) {
            vocabulary.putObject(kind.wire());
        }
        for (Register register : Register.values()) {
            document.putObject(register.wire());
        }
        terms.forEach(term -> ((ObjectNode) vocabulary.path(term.kind().wire())).set(term.id(), term.body()));
        records.forEach(item -> ((ObjectNode) document.path(item.register().wire())).set(item.id(), item.body()));
        document.set("datasets", datasets(datasets));
        return FactsSnapshot.of(document, time);
    }

    /** Of a dataset policy reads what it judges by, and no more. */
    static ObjectNode datasets(List<RegisteredDataset> all) {
        ObjectNode out = JsonMapper.shared().createObjectNode();
        for (RegisteredDataset dataset : all) {
            ObjectNode row = out.putObject(dataset.name());
            row.put("grade", dataset.grade());
            dataset.scopeColumn().ifPresent(c -> row.put("scopeColumn", c));
            dataset.minGroupSize().ifPresent(n -> row.put("minGroupSize", n));
            ObjectNode columns = row.putObject("columns");
            for (DatasetColumn column : dataset.columns()) {
                ObjectNode c = columns.putObject(column.name())
                        .put("role", column.role().wire());
                column.dataClass().ifPresent(v -> c.put("class", v));
                column.grade().ifPresent(v -> c.put("grade", v));
            }
        }
        return out;
    }
}
