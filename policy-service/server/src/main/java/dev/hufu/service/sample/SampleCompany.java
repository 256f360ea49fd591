package dev.hufu.service.sample;

import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.PeopleStoreException;
import dev.hufu.service.analytics.store.PeopleStoreException.Trouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the sample company into the people store, once.
 *
 * <p>Tables are filled side by side, each in order on a connection of its own. What makes this safe against a crash is the one
 * row of {@code fact.sample}, written last: a start that does not find it removes whatever is there and begins again; a start that
 * does find it changes nothing, so that the sample's months stay those of the first start.
 */
public final class SampleCompany {
    private static final Logger LOG = LoggerFactory.getLogger(SampleCompany.class);

    private final PeopleStore store;
    private final SampleProgress progress;
    /** Invariant: its holder is the only one that looks for the sample or makes it. */
    private final ReentrantLock loading = new ReentrantLock();

    public SampleCompany(PeopleStore store, SampleProgress progress) {
        this.store = store;
        this.progress = progress;
    }

    /**
     * The sample that the store holds; generated from {@code wanted} if there is none yet.
     *
     * @return what it was generated from, which is not {@code wanted} when it was there before
     * @throws PeopleStoreException when an imported dataset has the name of one of the sample's, or the store fails
     */
    public SampleSpec ensure(SampleSpec wanted) {
        loading.lock();
        try {
            Optional<SampleSpec> there = loaded();
            SampleSpec spec = there.isPresent() ? there.get() : load(wanted);
            progress.ready();
            return spec;
        } catch (RuntimeException e) {
            progress.failed(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            loading.unlock();
        }
    }

    /** What the loaded sample was generated from, if it is wholly there. */
    public Optional<SampleSpec> loaded() {
        try (Connection c = store.snapshot();
                Statement s = c.createStatement()) {
            try (ResultSet rs = s.executeQuery(
                    "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'fact' AND table_name = 'sample'")) {
                if (!rs.next()) {
                    return Optional.empty();
                }
            }
            try (ResultSet rs = s.executeQuery("SELECT seed, employees, last_month FROM fact.sample")) {
                return rs.next()
                        ? Optional.of(new SampleSpec(rs.getLong(1), rs.getInt(2), YearMonth.parse(rs.getString(3))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("looking for the sample");
        }
    }

    private SampleSpec load(SampleSpec spec) {
        long started = System.nanoTime();
        refuseToReplaceImports();
        step("inventing " + spec.employees() + " people, months " + spec.month(0) + " to " + spec.lastMonth());
        Population population = Population.of(spec);
        step("loading their 24 months");
        store.write(c -> {
            try (Statement s = c.createStatement()) {
                for (String statement : SampleTables.drop()) {
                    s.execute(statement);
                }
                s.execute(SampleTables.create());
            }
            return spec;
        });
        fill(population);
        store.write(c -> {
            try (Statement s = c.createStatement();
                    PreparedStatement mark = c.prepareStatement("INSERT INTO fact.sample VALUES (?, ?, ?)")) {
                s.execute(SampleTables.views());
                mark.setLong(1, spec.seed());
                mark.setInt(2, spec.employees());
                mark.setString(3, spec.lastMonth().toString());
                mark.execute();
            }
            return spec;
        });
        store.checkpoint();
        LOG.info("sample company: ready after {} ms", (System.nanoTime() - started) / 1_000_000);
        return spec;
    }

    private void refuseToReplaceImports() {
        try (Connection c = store.snapshot();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")) {
            while (rs.next()) {
                if (SampleTables.DATASETS.contains(rs.getString(1))) {
                    throw new PeopleStoreException(
                            Trouble.STATEMENT,
                            "The sample company cannot be loaded: an imported dataset is named " + rs.getString(1)
                                    + ". Use another data directory, or leave demo mode (HUFU_DEMO=false).");
                }
            }
        } catch (SQLException e) {
            throw failed("looking for imported datasets");
        }
    }

    private interface Filling {
        void fill(DuckDBConnection connection) throws SQLException;
    }

    private void fill(Population population) {
        var facts = new SampleFacts(population);
        var roster = new SampleRoster(population);
        List<Filling> fillings = List.of(
                facts::pay,
                facts::attendance,
                facts::badge,
                roster::spells,
                roster::people,
                facts::training,
                facts::leave,
                facts::performance,
                facts::engagement);
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (Filling filling : fillings) {
                running.add(workers.submit(() -> run(filling)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PeopleStoreException known ? known : failed("filling its tables");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("filling its tables was interrupted");
        }
    }

    private void run(Filling filling) {
        try (DuckDBConnection connection = store.loading()) {
            filling.fill(connection);
        } catch (SQLException e) {
            throw failed("filling its tables");
        }
    }

    private static PeopleStoreException failed(String doing) {
        return new PeopleStoreException(
                Trouble.RESOURCES,
                "The sample company could not be loaded (" + doing
                        + "). See that the disk has 200 MB of room; the next start begins anew.");
    }

    private void step(String what) {
        progress.step(what);
        LOG.info("sample company: {}", what);
    }
}
