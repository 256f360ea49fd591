package dev.hufu.service.registers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The registers in PostgreSQL. Reading is by snapshot of the moment; changes are serialised, kept as history, and told to the
 * listeners, first within the transaction and again once durable. Thread-safe.
 */
public final class Registers {
    /** Who changes what nobody asked for: the first start. */
    public static final String SYSTEM = "system";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changes = new ReentrantLock();
    private final DatasetRows datasetRows;

    public Registers(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.datasetRows = new DatasetRows(jdbc);
    }

    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Takes the first content if the registers are still empty; tells whether it did. */
    public boolean loadFirst(RegisterFiles files) {
        Integer terms = jdbc.sql("select count(*) from vocabulary_term")
                .query(Integer.class)
                .single();
        if (terms > 0) {
            return false;
        }
        change(files, SYSTEM);
        return true;
    }

    private void change(RegisterFiles files, String by) {
        changing(by, RegisterChange.Kind.LOADED, told -> {
            for (VocabularyKind kind : VocabularyKind.values()) {
                List<Term> terms =
                        files.terms().stream().filter(t -> t.kind() == kind).toList();
                terms.forEach(this::insert);
                if (!terms.isEmpty()) {
                    told.add(
                            "vocabulary." + kind.wire(),
                            terms.stream().map(Term::id).toList(),
                            body(terms, Term::id, Term::body));
                }
            }
            for (Register register : Register.values()) {
                List<RegisterRecord> records = files.records().stream()
                        .filter(r -> r.register() == register)
                        .toList();
                records.forEach(this::upsert);
                if (!records.isEmpty()) {
                    told.add(
                            register.wire(),
                            records.stream().map(RegisterRecord::id).toList(),
                            body(records, RegisterRecord::id, RegisterRecord::body));
                }
            }
            Instant now = clock.instant();
            for (RegisteredDataset dataset : files.datasets()) {
                datasetRows.save(dataset, now);
                told.add("datasets", List.of(dataset.name()), DatasetJson.write(dataset));
            }
        });
    }

    /** All datasets, by name. */
    public List<RegisteredDataset> datasets() {
        return datasetRows.all();
    }

    public Optional<RegisteredDataset> dataset(String name) {
        return datasetRows.all().stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /**
     * Registers a dataset or replaces its row.
     *
     * @param by the account that asks, or {@code system}
     * @throws RegisterException when a class or grade is not in the vocabulary, or the dataset's grade is under a column's
     */
    public void saveDataset(RegisteredDataset dataset, String by) {
        checkTerms(dataset);
        changing(by, RegisterChange.Kind.SAVED, told -> {
            datasetRows.save(dataset, clock.instant());
            told.add("datasets", List.of(dataset.name()), DatasetJson.write(dataset));
        });
    }

    private void checkTerms(RegisteredDataset dataset) {
        List<Term> grades = vocabulary(VocabularyKind.GRADES);
        TreeSet<String> classes = new TreeSet<>();
        vocabulary(VocabularyKind.DATA_CLASSES).forEach(t -> classes.add(t.id()));
        List<RegisterException.Problem> problems = new ArrayList<>();
        int own = rank(grades, dataset.grade());
        if (own == 0) {
            problems.add(problem("no grade is named " + dataset.grade() + "; there are " + ids(grades)));
        }
        for (DatasetColumn column : dataset.columns()) {
            column.dataClass()
                    .filter(c -> !classes.contains(c))
                    .ifPresent(c -> problems.add(problem("column " + column.name() + ": no data class is named " + c
                            + "; there are " + String.join(", ", classes))));
            column.grade().ifPresent(g -> {
                int rank = rank(grades, g);
                if (rank == 0) {
                    problems.add(problem(
                            "column " + column.name() + ": no grade is named " + g + "; there are " + ids(grades)));
                } else if (own != 0 && rank > own) {
                    problems.add(problem("column " + column.name() + " has the grade " + g + ", above the dataset's "
                            + dataset.grade()));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new RegisterException(problems);
        }
    }

    /** All records of a register, by id. */
    public List<RegisterRecord> records(Register register) {
        return jdbc.sql("select id, body::text as body from " + register.table() + " order by id")
                .query((row, _) ->
                        new RegisterRecord(register, row.getString("id"), JSON.readTree(row.getString("body"))))
                .list();
    }

    /**
     * Saves a record, checked as a file's would be.
     *
     * @throws RegisterException telling all that is wrong with it
     */
    public void saveRecord(RegisterRecord record, String by) {
        new RecordCheck(this).check(record);
        changing(by, RegisterChange.Kind.SAVED, told -> {
            upsert(record);
            told.add(record.register().wire(), List.of(record.id()), record.body());
        });
    }

    /** Removes a record; tells whether there was one. */
    public boolean removeRecord(Register register, String id, String by) {
        boolean[] found = new boolean[1];
        changing(by, RegisterChange.Kind.REMOVED, told -> {
            found[0] = jdbc.sql("delete from " + register.table() + " where id = :id")
                            .param("id", id)
                            .update()
                    > 0;
            if (found[0]) {
                told.add(register.wire(), List.of(id), JSON.createObjectNode());
            }
        });
        return found[0];
    }

    /** The terms of one list, by id. */
    public List<Term> vocabulary(VocabularyKind kind) {
        return jdbc.sql("""
                        select id, title_zh, title_en, body::text as body from vocabulary_term
                        where kind = :kind order by id
                        """)
                .param("kind", kind.wire())
                .query((row, _) -> new Term(
                        kind,
                        row.getString("id"),
                        new Title(row.getString("title_zh"), row.getString("title_en")),
                        JSON.readTree(row.getString("body"))))
                .list();
    }

    private void insert(Term term) {
        jdbc.sql("""
                        insert into vocabulary_term (kind, id, title_zh, title_en, body)
                        values (:kind, :id, :zh, :en, :body::jsonb)
                        """)
                .param("kind", term.kind().wire())
                .param("id", term.id())
                .param("zh", term.title().zh())
                .param("en", term.title().en())
                .param("body", term.body().toString())
                .update();
    }

    private void upsert(RegisterRecord record) {
        jdbc.sql("insert into " + record.register().table() + """
                         (id, valid_from, valid_to, body, updated_at)
                        values (:id, :from::date, :to::date, :body::jsonb, :now)
                        on conflict (id) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to,
                          body = excluded.body, updated_at = excluded.updated_at
                        """)
                .param("id", record.id())
                .param("from", record.body().path("validFrom").asString(null))
                .param("to", record.body().path("validTo").asString(null))
                .param("body", record.body().toString())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** What a change tells, collected while it is made. */
    private final class Told {
        private final List<RegisterChange> changes = new ArrayList<>();
        private final RegisterChange.Kind kind;
        private final String by;

        Told(RegisterChange.Kind kind, String by) {
            this.kind = kind;
            this.by = by;
        }

        void add(String register, List<String> ids, JsonNode content) {
            RegisterChange change =
                    new RegisterChange(register, kind, ids, digest(content.toString()), by, clock.instant());
            jdbc.sql("""
                            insert into register_change (register, kind, ids, digest, content, changed_by, changed_at)
                            values (:register, :kind, :ids, :digest, :content::jsonb, :by, :at)
                            """)
                    .param("register", register)
                    .param("kind", kind.name())
                    .param("ids", ids.toArray(String[]::new))
                    .param("digest", change.digest())
                    .param("content", content.toString())
                    .param("by", by)
                    .param("at", Timestamp.from(change.time()))
                    .update();
            changes.add(change);
        }
    }

    private interface Work {
        void run(Told told);
    }

    private void changing(String by, RegisterChange.Kind kind, Work work) {
        changes.lock();
        try {
            Told told = new Told(kind, by);
            transactions.executeWithoutResult(_ -> {
                work.run(told);
                told.changes.forEach(c -> listeners.forEach(l -> l.changing(c)));
            });
            told.changes.forEach(c -> listeners.forEach(l -> l.changed(c)));
        } finally {
            changes.unlock();
        }
    }

    private static <T> ObjectNode body(
            List<T> items, java.util.function.Function<T, String> id, java.util.function.Function<T, JsonNode> body) {
        ObjectNode out = JSON.createObjectNode();
        items.forEach(item -> out.set(id.apply(item), body.apply(item)));
        return out;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static int rank(List<Term> grades, String grade) {
        return grades.stream()
                .filter(t -> t.id().equals(grade))
                .mapToInt(t -> t.body().path("rank").asInt(0))
                .findFirst()
                .orElse(0);
    }

    private static String ids(List<Term> terms) {
        return String.join(", ", terms.stream().map(Term::id).toList());
    }

    private static RegisterException.Problem problem(String message) {
        return new RegisterException.Problem("", 0, 0, message);
    }
}
