package dev.hufu.service.analytics;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.query.QueryLanguage;
import dev.hufu.service.analytics.PopulationBuild.Source;
import dev.hufu.service.analytics.PublicationsStatus.Phase;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.RegisteredDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publications that answer now. {@link #refresh()} reads or builds what the registers and the store call for; until it is
 * done, what was published before goes on answering. Thread safe.
 */
public final class Publications {
    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);
    private static final int FORM = 2;

    /**
     * What answers at one moment: a catalogue, its language, and the publications it was made from.
     *
     * @param people everybody of each population; not to be changed
     */
    record Current(
            Catalogue catalogue,
            QueryLanguage language,
            Map<String, Publication> publications,
            Map<String, RegisteredDataset> registered,
            Map<String, RoaringBitmap> people) {
        static Current of(List<RegisteredDataset> registered, Map<String, Publication> publications) {
            Catalogue catalogue = Catalogues.of(registered, publications);
            Map<String, RegisteredDataset> byName = new HashMap<>();
            registered.forEach(d -> byName.put(d.name(), d));
            Map<String, RoaringBitmap> people = new HashMap<>();
            publications.forEach((population, publication) -> people.put(population, publication.people()));
            return new Current(catalogue, new QueryLanguage(catalogue), Map.copyOf(publications), byName, people);
        }
    }

    private final PeopleStore store;
    private final Supplier<List<RegisteredDataset>> registers;
    private final Function<Collection<String>, int[]> numbering;
    private final NoiseKey key;
    private final PublicationFiles files;
    private final PublicationSettings settings;
    private final Clock clock;
    /** Invariant: one refresh at a time. */
    private final ReentrantLock refreshing = new ReentrantLock();
    /** Invariant: {@code current} holds what the register says at the latest moment that somebody looked within it. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile @Nullable Current current;
    private volatile PublicationsStatus status =
            new PublicationsStatus(Phase.WAITING, 0, 0, Map.of(), Map.of(), Optional.empty());

    /**
     * @param registers the asset register's datasets as they are now
     * @param numbering dense, pseudonymous numbers of person keys in their order, given where there is none yet
     */
    public Publications(
            PeopleStore store,
            Supplier<List<RegisteredDataset>> registers,
            Function<Collection<String>, int[]> numbering,
            NoiseKey key,
            PublicationFiles files,
            PublicationSettings settings,
            Clock clock) {
        this.store = store;
        this.registers = registers;
        this.numbering = numbering;
        this.key = key;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
    }

    /** Where publishing stands. */
    public PublicationsStatus status() {
        return status;
    }

    /** @throws PublicationsNotReadyException before the first refresh is done */
    Current current() {
        Current now = current;
        if (now == null) {
            throw new PublicationsNotReadyException();
        }
        return now;
    }

    /** The catalogue that queries are read against; its dimension values are public to analysts. */
    public Catalogue catalogue() {
        return current().catalogue();
    }

    /** Why a registered dataset cannot be asked about; empty for one that can, and for all before the first {@link #refresh()}. */
    public Optional<Unpublished> unpublished(RegisteredDataset dataset) {
        Current now = current;
        return now == null || now.publications().containsKey(dataset.population())
                ? Optional.empty()
                : Optional.of(status.failed().getOrDefault(dataset.population(), Unpublished.NOTHING));
    }

    /**
     * Publishes every registered population whose tables are there. One whose content is unchanged since its file was written is
     * read from it, any other is built and its file replaced. Returns when queries are answered from the new state. A population
     * that cannot be published keeps what it had, also over a restart, and is listed in {@link #status()}; the others go on.
     */
    public void refresh() {
        refreshing.lock();
        try {
            announce(Phase.WORKING, 0, 0, status.published(), status.failed());
            Current now = current;
            Map<String, Publication> before = now == null ? Map.of() : now.publications();
            Map<String, Publication> publications = new TreeMap<>();
            Map<String, Unpublished> failed = new TreeMap<>();
            try (Connection snapshot = store.snapshot()) {
                PeopleScan scan = new PeopleScan(snapshot);
                sources(registers.get()).forEach((population, sources) -> {
                    try {
                        publications.put(population, publish(population, sources, scan, before));
                    } catch (SQLException | IOException | RuntimeException e) {
                        failed.put(population, failure(population, e));
                        Optional.ofNullable(before.get(population))
                                .or(() -> files.read(population, key))
                                .ifPresent(old -> publications.put(population, old));
                    }
                });
            } catch (SQLException e) {
                throw new IllegalStateException("the people store did not let go of a snapshot", e);
            }
            answerFrom(publications);
            Map<String, List<String>> periods = new HashMap<>();
            publications.forEach((population, p) -> periods.put(population, p.periods()));
            announce(Phase.READY, 0, 0, periods, failed);
        } finally {
            refreshing.unlock();
        }
    }

    private Unpublished failure(String population, Exception e) {
        // The message of a database or parser may quote a row; the class and place of the trouble never do.
        StackTraceElement[] stack = e.getStackTrace();
        Unpublished reason = Unpublished.because(e);
        if (status.failed().get(population) != reason) { // said once, not at every refresh
            LOG.error(
                    "population {} could not be published: {} ({} at {})",
                    population,
                    reason.en(),
                    e.getClass().getName(),
                    stack.length == 0 ? "?" : stack[0]);
        }
        return reason;
    }

    /**
     * Takes over what the register says now: at once against the publications there are, so that a raised threshold or a withdrawn
     * column acts without delay, then by publishing what calls for it. Does nothing before the first {@link #refresh()}.
     */
    public void datasetsChanged() {
        registerChanged();
        if (status.phase() != Phase.WAITING) {
            refresh();
        }
    }

    /**
     * The first half of {@link #datasetsChanged()}, which waits for no build. When the register cannot be read nothing is answered
     * before the next {@link #refresh()}: what it says now may be stricter than what was known.
     */
    void registerChanged() {
        changing.lock();
        try {
            Current now = current;
            if (now != null) {
                answerFrom(now.publications());
            }
        } finally {
            changing.unlock();
        }
    }

    private void answerFrom(Map<String, Publication> publications) {
        changing.lock();
        try {
            current = Current.of(registers.get(), publications);
        } catch (RuntimeException e) {
            current = null;
            throw e;
        } finally {
            changing.unlock();
        }
    }

    private Map<String, List<Source>> sources(List<RegisteredDataset> registered) {
        Map<String, List<Source>> byPopulation = new TreeMap<>();
        for (RegisteredDataset d : registered) {
            store.table(d.name()).map(table -> new Source(d, table)).ifPresent(s -> {
                if (!s.columns(ColumnRole.PERSON_KEY).isEmpty()) {
                    byPopulation
                            .computeIfAbsent(d.population(), _ -> new ArrayList<>())
                            .add(s);
                }
            });
        }
        return byPopulation;
    }

    private Publication publish(
            String population, List<Source> sources, PeopleScan scan, Map<String, Publication> before)
            throws SQLException, IOException {
        String fingerprint = fingerprint(sources, scan);
        Publication known = before.get(population);
        if (known != null && known.fingerprint().equals(fingerprint)) {
            return known;
        }
        Optional<Publication> kept =
                files.read(population, key).filter(p -> p.fingerprint().equals(fingerprint));
        if (kept.isPresent()) {
            return kept.get();
        }
        Publication built = new PopulationBuild(
                        scan,
                        settings,
                        key,
                        numbering,
                        (done, all) -> announce(Phase.WORKING, done, all, status.published(), status.failed()))
                .build(population, fingerprint, sources);
        files.write(built);
        LOG.info("published population {} as {}", population, built.id());
        return built;
    }

    /** Changes with the settings, the declarations and the content of the declared columns. */
    private String fingerprint(List<Source> sources, PeopleScan scan) throws SQLException {
        StringBuilder text = new StringBuilder().append(FORM).append(settings);
        for (Source s : sources) {
            List<String> columns = s.dataset().columns().stream()
                    .filter(c -> c.role() != ColumnRole.NONE && s.held(c.name()))
                    .map(c -> c.name())
                    .toList();
            text.append('\n')
                    .append(s.dataset().name())
                    .append(s.dataset().columns())
                    .append(scan.fingerprint(s.table().name(), columns));
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every Java", e);
        }
    }

    private void announce(
            Phase phase, int done, int all, Map<String, List<String>> published, Map<String, Unpublished> failed) {
        Optional<java.time.Instant> since = status.phase() == phase ? status.since() : Optional.of(clock.instant());
        status = new PublicationsStatus(phase, done, all, published, failed, since);
    }
}
