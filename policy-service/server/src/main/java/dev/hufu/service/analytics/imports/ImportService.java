package dev.hufu.service.analytics.imports;

import dev.hufu.service.analytics.imports.ImportRefusedException.Reason;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.audit.Actor;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.Stage;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisterException;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Term;
import dev.hufu.service.registers.Title;
import dev.hufu.service.registers.VocabularyKind;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * Makes a dataset of a CSV file.
 *
 * <p>Reading and checking happen in a temporary table of one connection. The table then takes its place in one transaction; before
 * that commits, the entry is durable in the log and the register row is saved, so that nothing is loaded unlogged or unregistered.
 * A crash between the commits leaves an entry, perhaps a register row, and the old table or none; importing again with {@code
 * replace} mends it.
 *
 * <p>One import at a time; a second is told to wait. Thread-safe.
 */
public final class ImportService {
    /** Longest beginning of a file that a proposal looks at. */
    public static final int HEAD_BYTES = 1 << 20;
    /** Longest classification. */
    public static final int CLASSIFICATION_CHARACTERS = 256 << 10;

    private static final int MAX_DIMENSION_VALUES = 30_000;
    private static final String PERIOD_FORM = "[12][0-9]{3}-(0[1-9]|1[0-2])";

    /** Told when an import is done and can be seen; for what must be built anew. */
    @FunctionalInterface
    public interface Listener {
        void imported(ImportReport report);
    }

    private final PeopleStore store;
    private final Registers registers;
    private final Clock clock;
    private final CsvLimits limits;
    private final AuditTrail trail;
    private final Listener listener;
    /** Invariant: its holder is the only one that stages a file, so that two cannot fill memory and disk. */
    private final ReentrantLock importing = new ReentrantLock();

    public ImportService(
            PeopleStore store,
            Registers registers,
            AuditTrail trail,
            Clock clock,
            CsvLimits limits,
            Listener listener) {
        this.store = store;
        this.registers = registers;
        this.clock = clock;
        this.limits = limits;
        this.trail = trail;
        this.listener = listener;
    }

    /**
     * Imports a file. The stream is read to its end or to the first mistake, and not closed.
     *
     * @throws CsvException when the file is not the CSV that is read, naming the line
     * @throws ImportRefusedException when the name is taken, the classification does not fit, or another import runs
     * @throws IOException when the stream breaks off
     */
    public ImportReport importCsv(InputStream csv, ImportSpec spec, Principal by) throws IOException {
        if (!importing.tryLock()) {
            throw new ImportRefusedException(Reason.BUSY, "another import is running; try again when it is done");
        }
        try {
            boolean replaces = checkName(spec);
            RegisteredDataset declared = declared(spec);
            return load(csv, spec, declared, replaces, by);
        } finally {
            importing.unlock();
        }
    }

    /**
     * Looks at the beginning of a file and proposes what to fill in.
     *
     * @param head the whole file, or its first {@link #HEAD_BYTES}, which may end anywhere
     * @throws CsvException as for an import
     */
    public ClassificationTemplate propose(byte[] head, DatasetName dataset, String personKey) {
        try {
            boolean cut = head.length == HEAD_BYTES;
            int end = head.length;
            while (cut && end > 1 && head[end - 1] != '\n') {
                end--;
            }
            var whole = new ByteArrayInputStream(head, 0, end);
            List<ColumnProposal> columns = StagedFile.look(whole, cut, personKey, limits).stream()
                    .map(c -> ColumnProposal.of(c, personKey))
                    .toList();
            return new ClassificationTemplate(
                    dataset.value(), columns, registers.vocabulary(VocabularyKind.DATA_CLASSES), grades());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // an array does not break off
        }
    }

    /** From the lowest to the highest. */
    private List<Term> grades() {
        return registers.vocabulary(VocabularyKind.GRADES).stream()
                .sorted(Comparator.comparingInt(t -> t.body().path("rank").asInt(Integer.MAX_VALUE)))
                .toList();
    }

    private boolean checkName(ImportSpec spec) {
        String name = spec.dataset().value();
        try (Connection c = store.snapshot();
                PreparedStatement s = c.prepareStatement("""
                        SELECT table_type FROM information_schema.tables
                        WHERE table_schema = 'main' AND table_name = ?""")) {
            s.setString(1, name);
            boolean there = false;
            try (ResultSet rs = s.executeQuery()) {
                if (rs.next()) {
                    there = true;
                    if (rs.getString(1).equals("VIEW")) {
                        throw new ImportRefusedException(
                                Reason.NAME_TAKEN,
                                "the dataset " + name + " belongs to the sample company; choose another name");
                    }
                }
            }
            boolean known = there && registers.dataset(name).isPresent();
            if (known && !spec.replace()) {
                throw new ImportRefusedException(
                        Reason.NAME_TAKEN,
                        "there is a dataset " + name + " already; ask for replace, or choose another name");
            }
            return known;
        } catch (SQLException e) {
            throw refusedByStore();
        }
    }

    private RegisteredDataset declared(ImportSpec spec) {
        if (spec.classification().isEmpty()) {
            return unclassified(spec);
        }
        String text = spec.classification().get();
        if (text.length() > CLASSIFICATION_CHARACTERS) {
            throw new ImportRefusedException(
                    Reason.CONTENT, "the classification is longer than " + CLASSIFICATION_CHARACTERS + " characters");
        }
        RegisteredDataset row;
        try {
            List<Term> terms = new ArrayList<>(registers.vocabulary(VocabularyKind.DATA_CLASSES));
            terms.addAll(registers.vocabulary(VocabularyKind.GRADES));
            row = RegisterFiles.readDataset("classification", text, terms);
        } catch (RegisterException e) {
            throw new ImportRefusedException(
                    Reason.CONTENT, e.problems().stream().map(Object::toString).toList());
        }
        if (!row.name().equals(spec.dataset().value())) {
            throw new ImportRefusedException(
                    Reason.CONTENT,
                    "the classification is of a dataset " + row.name() + ", the import asks for " + spec.dataset()
                            + "; name both alike, here or in the classification's first line");
        }
        boolean keyFits = row.column(spec.personKey())
                .filter(c -> c.role() == ColumnRole.PERSON_KEY)
                .isPresent();
        if (!keyFits) {
            throw new ImportRefusedException(
                    Reason.CONTENT, "the classification has another person key than the import asks for");
        }
        return row;
    }

    /** Nobody has said anything: every column is ungraded, and the dataset counts as of the highest grade. */
    private RegisteredDataset unclassified(ImportSpec spec) {
        String name = spec.dataset().value();
        var key = new DatasetColumn(
                spec.personKey(),
                Optional.empty(),
                Optional.empty(),
                ColumnRole.PERSON_KEY,
                Optional.empty(),
                new Title(spec.personKey(), spec.personKey()));
        return new RegisteredDataset(
                name,
                new Title(name, name),
                grades().getLast().id(),
                name,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(key));
    }

    private ImportReport load(
            InputStream csv, ImportSpec spec, RegisteredDataset declared, boolean replaces, Principal by)
            throws IOException {
        try (DuckDBConnection connection = store.loading()) {
            StagedFile file = StagedFile.read(csv, spec.personKey(), limits, connection);
            if (file.rows() == 0) {
                throw new CsvException(1, "the file has a header and no rows");
            }
            var columns =
                    new ImportedColumns(declared, file, YearMonth.now(clock).toString());
            check(connection, file, columns);
            String name = spec.dataset().value();
            long persons = number(connection, "SELECT count(DISTINCT c" + file.personKey() + ") FROM \"incoming csv\"");
            var report = new ImportReport(
                    name, file.rows(), persons, columns.period(), columns.columns(), columns.ungradedNames(), replaces);
            store.writeOn(connection, c -> {
                try (Statement s = c.createStatement()) {
                    s.execute("DROP TABLE IF EXISTS main." + PeopleStore.quoted(name));
                    s.execute("CREATE TABLE main." + PeopleStore.quoted(name) + " AS " + columns.select());
                }
                trail.append(entry(report, by));
                registers.saveDataset(columns.row(), by.account().value());
                return name;
            });
            listener.imported(report);
            return report;
        } catch (SQLException e) {
            throw refusedByStore();
        }
    }

    /** Counts and names of columns; nothing of the file's content. */
    private static Entry entry(ImportReport report, Principal by) {
        return Entry.of(EntryType.IMPORT, "collect", "done")
                .withStage(Stage.COLLECTION)
                .withDataset(report.dataset())
                .withActor(new Actor(
                        by.account().value(), by.roles().stream().sorted().toList(), by.orgUnit(), Map.of()))
                .withDetails(Map.of(
                        "rows", Long.toString(report.rows()),
                        "columns", Integer.toString(report.columns().size()),
                        "ungraded", Integer.toString(report.ungraded().size()),
                        "replaced", Boolean.toString(report.replaced())));
    }

    private static void check(DuckDBConnection connection, StagedFile file, ImportedColumns columns)
            throws SQLException {
        Optional<String> period = columns.stagedPeriod();
        if (period.isPresent()) {
            long wrong = number(
                    connection,
                    "SELECT coalesce(min(line), 0) FROM \"incoming csv\" WHERE " + period.get()
                            + " IS NULL OR NOT regexp_full_match(" + period.get() + ", '" + PERIOD_FORM + "')");
            if (wrong > 0) {
                throw new CsvException(wrong, "the period " + columns.period() + " is not a month written YYYY-MM");
            }
        }
        String key = "c" + file.personKey();
        long again = number(
                connection,
                "SELECT coalesce(min(line), 0) FROM (SELECT line, row_number() OVER (PARTITION BY " + key
                        + period.map(p -> ", " + p).orElse("")
                        + " ORDER BY line) AS n FROM \"incoming csv\") WHERE n = 2");
        if (again > 0) {
            throw new CsvException(
                    again,
                    "the person key repeats that of an earlier line; one row a person"
                            + (period.isPresent() ? " and period" : ", or classify a period column"));
        }
        for (int i = 0; i < file.columns().size(); i++) {
            String name = file.columns().get(i).name();
            boolean dimension = columns.row()
                    .column(name)
                    .filter(c -> c.role() == ColumnRole.DIMENSION)
                    .isPresent();
            if (dimension
                    && number(connection, "SELECT count(DISTINCT c" + i + ") FROM \"incoming csv\"")
                            > MAX_DIMENSION_VALUES) {
                throw new ImportRefusedException(
                        Reason.CONTENT,
                        "the column " + name + " has more than " + MAX_DIMENSION_VALUES
                                + " values, too many for a dimension");
            }
        }
    }

    private static long number(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            rs.next();
            return rs.getLong(1);
        }
    }

    private static ImportRefusedException refusedByStore() {
        return new ImportRefusedException(
                Reason.CONTENT,
                "the store could not take the file; nothing was changed. See that disk and memory are not full, and try again");
    }
}
