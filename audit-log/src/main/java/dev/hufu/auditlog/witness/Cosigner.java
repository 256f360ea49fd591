package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks witnesses to cosign what a log signs, and publishes the checkpoint that enough of them cosigned. Works from the log's
 * public files alone, beside appending and integrating, which know nothing of it and wait for nothing here.
 *
 * <p>One thread decides; each witness is asked on a thread of its own, one request at a time, so that at most as many are
 * under way as there are witnesses. All are asked for the <em>same</em> checkpoint, a round; it stays open until it has its
 * quorum or all who were asked have answered, and the next is of whatever checkpoint is the newest by then. So a slow
 * witness does not keep faster ones from their quorum, and a busy log does not run away from a slow one.
 *
 * <p>What survives a crash: the log's checkpoint is durable before it is shown to a witness, and the cosigned one is forced
 * before it is published here. A restart shows the same one, and never asks for a smaller tree. Thread-safe.
 */
public final class Cosigner implements Closeable {
    private final Path directory;
    private final TileStore tiles;
    private final List<NoteKey> logKeys;
    private final Witnesses asked;
    private final WitnessPolicy policy;
    private final List<WitnessDesk> desks;
    private final Clock clock;
    private final BlockingQueue<Answered> answers;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread = new Thread(this::run, "log-cosigner");
    private final Delay quorum = new Delay();

    private Optional<Round> round = Optional.empty();
    private Optional<CosignedCheckpoint> kept;
    private Optional<Cosigning.Published> published;
    private Optional<String> trouble = Optional.empty();
    private long newest;
    private volatile Cosigning state;
    private volatile boolean closing;

    private record Answered(WitnessDesk desk, Round round, WitnessClient.Asked answer) {}

    /** A checkpoint, the lines it has by now, and who is still to answer. */
    private record Round(LogReader log, Map<WitnessKey, String> lines, Set<WitnessDesk> pending) {
        boolean over(int threshold) {
            return lines.size() >= threshold || pending.isEmpty();
        }
    }

    /**
     * A cosigner of the log in {@code directory}; it asks nobody before {@link #start}.
     *
     * @param logKeys the log's keys in the order of their lines
     * @param last what was published last
     * @param random spreads requests after failures
     */
    public Cosigner(
            Path directory,
            TileStore tiles,
            List<NoteKey> logKeys,
            Witnesses asked,
            Optional<CosignedCheckpoint> last,
            Clock clock,
            RandomGenerator random) {
        this.directory = directory;
        this.tiles = tiles;
        this.logKeys = List.copyOf(logKeys);
        this.asked = asked;
        this.policy = asked.policy();
        this.clock = clock;
        this.kept = last;
        this.newest = last.map(l -> l.checkpoint().size()).orElse(0L);
        this.answers = new ArrayBlockingQueue<>(asked.places().size()); // one request a witness at a time
        this.desks = asked.places().stream()
                .map(place -> new WitnessDesk(place, asked, last, random))
                .toList();
        this.published = last.flatMap(this::published);
        this.state = look();
        thread.setDaemon(true);
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /** How far the log is witnessed. */
    public Cosigning state() {
        return state;
    }

    private void run() {
        while (!closing) {
            try {
                Optional.ofNullable(answers.poll(asked.pause().toMillis(), TimeUnit.MILLISECONDS))
                        .ifPresent(this::take);
                step();
                trouble = Optional.empty();
            } catch (InterruptedException e) {
                return; // closed
            } catch (IOException | RuntimeException e) {
                // D3 waits; nothing else does. The next turn tries again.
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
            state = look();
        }
    }

    /** Opens a round if there is none, and asks whoever is free and due. */
    private void step() throws IOException {
        LogReader current = LogReader.open(directory);
        newest = current.checkpoint().size();
        if (newest == 0) {
            return; // nothing to witness
        }
        Round open = round.filter(last -> !last.over(asked.threshold())).orElseGet(() -> next(current));
        round = Optional.of(open);
        desks.forEach(desk -> desk.behind(newest));
        quorum.note(newest > keptSize());
        for (WitnessDesk desk : desks) {
            if (desk.due(open.lines().containsKey(desk.key()))) {
                open.pending().add(desk);
                desk.begin();
                asking.execute(() -> answers.add(new Answered(desk, open, desk.ask(open.log()))));
            }
        }
        if (open.log().checkpoint().size() > keptSize()) {
            publish(open); // it has its quorum if writing it failed before
        }
    }

    /** The round of a checkpoint: the last one goes on if the log has not grown, with the lines it has. */
    private Round next(LogReader current) {
        String signed = SignedNote.parse(current.note()).only(logKeys);
        if (round.isPresent() && round.get().log().note().equals(signed)) {
            return round.get();
        }
        Map<WitnessKey, String> lines = new LinkedHashMap<>();
        kept.filter(last -> last.checkpoint().equals(current.checkpoint()))
                .ifPresent(last ->
                        desks.forEach(desk -> desk.lineIn(last.note()).ifPresent(line -> lines.put(desk.key(), line))));
        return new Round(LogReader.at(directory, signed), lines, new HashSet<>());
    }

    private void take(Answered answered) {
        Round of = answered.round();
        of.pending().remove(answered.desk());
        answered.desk().end(answered.answer(), of.log(), newest, clock.instant());
        if (answered.answer() instanceof WitnessClient.Asked.Cosigned(String line)) {
            of.lines().put(answered.desk().key(), line);
            publish(of);
        }
    }

    /** Publishes a round that has its quorum, again when a further line comes; never one of a smaller tree. */
    private void publish(Round done) {
        long size = done.log().checkpoint().size();
        if (done.lines().size() < asked.threshold() || size < keptSize()) {
            return;
        }
        StringBuilder note = new StringBuilder(done.log().note());
        desks.forEach(desk -> note.append(done.lines().getOrDefault(desk.key(), "")));
        CosignedCheckpoint cosigned = CosignedCheckpoint.parse(note.toString());
        if (policy.refuses(cosigned.note()).isPresent()) {
            throw new AuditLogException.Damaged("a cosigned checkpoint does not satisfy its own policy");
        }
        try {
            tiles.writeCosigned(note.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept = Optional.of(cosigned);
        published = published(cosigned);
        quorum.restart(newest > size);
    }

    private long keptSize() {
        return kept.map(last -> last.checkpoint().size()).orElse(0L);
    }

    private Cosigning look() {
        return new Cosigning(
                asked.threshold(),
                newest,
                published,
                quorum.longerThan(asked.late()),
                trouble,
                desks.stream().map(WitnessDesk::standing).toList());
    }

    /** What of it counts now: nothing if it bears too few of the lines wanted. */
    private Optional<Cosigning.Published> published(CosignedCheckpoint last) {
        if (policy.refuses(last.note()).isPresent()) {
            return Optional.empty();
        }
        List<String> by = desks.stream()
                .map(WitnessDesk::key)
                .filter(last.note()::verify)
                .map(WitnessKey::name)
                .toList();
        return Optional.of(new Cosigning.Published(last.note().only(keysOf(last.note())), last.checkpoint(), by));
    }

    private List<NoteKey> keysOf(SignedNote note) {
        List<NoteKey> keys = new ArrayList<>(logKeys);
        desks.stream().map(WitnessDesk::key).filter(note::verify).forEach(keys::add);
        return keys;
    }

    /** Asks nobody any more. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        asking.shutdownNow();
        desks.forEach(WitnessDesk::close);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asking.close();
    }
}
