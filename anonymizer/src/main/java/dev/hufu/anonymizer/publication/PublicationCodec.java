package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.ValueType;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;

/**
 * A publication as bytes: magic and version, then all parts in declared order, big-endian, then SHA-256 over everything before.
 * The bytes hold one pseudonymous row a person and must be encrypted by the caller. Stateless.
 */
public final class PublicationCodec {
    private static final long MAGIC = 0x48554655_50554231L;
    private static final int VERSION = 2;
    private static final int DIGEST_BYTES = 32;
    private static final int BUFFER = 1 << 16;

    private PublicationCodec() {}

    /** Writes a publication; the stream stays open. */
    public static void write(Publication publication, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
        DataOutputStream data = new DataOutputStream(new DigestOutputStream(buffered, digest));
        content(publication, new BlockWriter(data));
        data.flush();
        buffered.write(digest.digest());
        buffered.flush();
    }

    /**
     * Reads a publication back.
     *
     * @throws IOException if the bytes are not a whole, unaltered publication of this version
     */
    public static Publication read(InputStream in, NoiseKey key) throws IOException {
        byte[] all = in.readAllBytes();
        int length = all.length - DIGEST_BYTES;
        MessageDigest digest = sha256();
        if (length < 0) {
            throw new IOException("the publication is cut off");
        }
        digest.update(all, 0, length);
        if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(all, length, all.length))) {
            throw new IOException("the publication's checksum does not match its content");
        }
        return content(new BlockReader(ByteBuffer.wrap(all, 0, length)), key);
    }

    /** 16 hexadecimal digits from the content under the noise key. */
    static String identity(Publication publication, NoiseKey key) {
        Mac mac = key.mac();
        OutputStream into = new OutputStream() {
            @Override
            public void write(int b) {
                mac.update((byte) b);
            }

            @Override
            public void write(byte[] b, int off, int len) {
                mac.update(b, off, len);
            }
        };
        try {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(into, BUFFER));
            content(publication, new BlockWriter(data));
            data.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(mac.doFinal(), 0, 8);
    }

    private static void content(Publication p, BlockWriter w) throws IOException {
        w.number(MAGIC);
        w.integer(VERSION);
        w.text(p.population());
        w.text(p.fingerprint());
        parameters(p.parameters(), w);
        w.texts(p.periods());
        w.integer(p.dimensions().size());
        for (Column.Dimension d : p.dimensions()) {
            dimension(d, w);
        }
        w.integer(p.generations().size());
        for (Generation g : p.generations()) {
            generation(g, w);
        }
        w.integer(p.figures().size());
        for (var dataset : p.figures().entrySet()) {
            w.text(dataset.getKey());
            w.integer(dataset.getValue().size());
            for (var measure : dataset.getValue().entrySet()) {
                w.text(measure.getKey());
                w.integer(measure.getValue().size());
                for (Figures f : measure.getValue()) {
                    figures(f, w);
                }
            }
        }
    }

    private static Publication content(BlockReader r, NoiseKey key) throws IOException {
        if (r.number() != MAGIC) {
            throw new IOException("not a publication");
        }
        int version = r.integer();
        if (version != VERSION) {
            throw new IOException("the publication has version " + version + ", known is " + VERSION);
        }
        String population = r.text();
        String fingerprint = r.text();
        PublicationParameters parameters = parameters(r);
        List<String> periods = r.texts();
        List<Column.Dimension> dimensions = new ArrayList<>();
        for (int i = r.count(); i > 0; i--) {
            dimensions.add(dimension(r));
        }
        List<Generation> generations = new ArrayList<>();
        for (int i = r.count(); i > 0; i--) {
            generations.add(generation(r, dimensions.size()));
        }
        Map<String, Map<String, List<Figures>>> figures = new TreeMap<>();
        for (int i = r.count(); i > 0; i--) {
            Map<String, List<Figures>> measures = new TreeMap<>();
            figures.put(r.text(), measures);
            for (int j = r.count(); j > 0; j--) {
                List<Figures> series = new ArrayList<>();
                measures.put(r.text(), series);
                for (int s = r.count(); s > 0; s--) {
                    series.add(figures(r));
                }
            }
        }
        return new Publication(population, fingerprint, parameters, periods, dimensions, generations, figures, key);
    }

    private static void parameters(PublicationParameters p, BlockWriter w) throws IOException {
        w.integer(p.k());
        w.integer(p.rebaseEvery());
        w.integer(p.freshEvery());
        w.texts(p.core());
        Map<String, Double> weights = new TreeMap<>(p.weights());
        w.integer(weights.size());
        for (var weight : weights.entrySet()) {
            w.text(weight.getKey());
            w.real(weight.getValue());
        }
        w.real(p.pPercent());
        w.real(p.dominancePercent());
    }

    private static PublicationParameters parameters(BlockReader r) {
        int k = r.integer();
        int rebaseEvery = r.integer();
        int freshEvery = r.integer();
        List<String> core = r.texts();
        Map<String, Double> weights = new HashMap<>();
        for (int i = r.count(); i > 0; i--) {
            weights.put(r.text(), r.real());
        }
        return new PublicationParameters(k, rebaseEvery, freshEvery, core, weights, r.real(), r.real());
    }

    private static void dimension(Column.Dimension d, BlockWriter w) throws IOException {
        w.text(d.name());
        w.text(d.type().name());
        w.octet(d.optional() ? 1 : 0);
        w.texts(d.values());
        w.octet(d.parent().isPresent() ? 1 : 0);
        if (d.parent().isPresent()) {
            Column.Dimension.Parent parent = d.parent().get();
            w.text(parent.dimension());
            Map<String, String> links = new TreeMap<>(parent.valueOf());
            w.texts(links.keySet());
            w.texts(links.values());
        }
    }

    private static Column.Dimension dimension(BlockReader r) {
        String name = r.text();
        ValueType type = ValueType.valueOf(r.text());
        boolean optional = r.octet() == 1;
        List<String> values = r.texts();
        Optional<Column.Dimension.Parent> parent = Optional.empty();
        if (r.octet() == 1) {
            String above = r.text();
            List<String> from = r.texts();
            List<String> to = r.texts();
            Map<String, String> links = new HashMap<>();
            for (int i = 0; i < from.size(); i++) {
                links.put(from.get(i), to.get(i));
            }
            parent = Optional.of(new Column.Dimension.Parent(above, links));
        }
        return new Column.Dimension(name, type, values, optional, parent);
    }

    private static void generation(Generation g, BlockWriter w) throws IOException {
        w.integer(g.first());
        w.integer(g.last());
        w.ints(g.depth());
        w.ints(g.person());
        w.shorts(g.from());
        w.shorts(g.to());
        w.ints(g.atomStart());
        for (short[] column : g.codes()) {
            w.shorts(column);
        }
        for (int[] unions : g.unions()) {
            w.ints(unions);
        }
    }

    private static Generation generation(BlockReader r, int dimensions) {
        int first = r.integer();
        int last = r.integer();
        int[] depth = r.ints();
        int[] person = r.ints();
        short[] from = r.shorts();
        short[] to = r.shorts();
        int[] atomStart = r.ints();
        short[][] codes = new short[dimensions][];
        for (int d = 0; d < codes.length; d++) {
            codes[d] = r.shorts();
        }
        int[][] unions = new int[last - first + 1][];
        for (int p = 0; p < unions.length; p++) {
            unions[p] = r.ints();
        }
        return new Generation(first, last, depth, person, from, to, atomStart, codes, unions);
    }

    private static void figures(Figures f, BlockWriter w) throws IOException {
        w.integer(f.period());
        w.ints(f.starts());
        w.ints(f.persons());
        w.doubles(f.mean());
        w.doubles(f.listed());
        Likeness likeness = f.likeness();
        w.integer(likeness.bias().length);
        for (int d = 0; d < likeness.bias().length; d++) {
            w.doubles(likeness.levels().factor()[d]);
            w.doubles(likeness.levels().doubt()[d]);
            w.doubles(likeness.bias()[d]);
        }
        w.real(likeness.residual());
        w.real(likeness.noise());
        w.real(likeness.stretch());
    }

    private static Figures figures(BlockReader r) {
        return new Figures(r.integer(), r.ints(), r.ints(), r.doubles(), r.doubles(), likeness(r));
    }

    private static Likeness likeness(BlockReader r) {
        int dimensions = r.count();
        double[][] factor = new double[dimensions][];
        double[][] doubt = new double[dimensions][];
        double[][] bias = new double[dimensions][];
        for (int d = 0; d < dimensions; d++) {
            factor[d] = r.doubles();
            doubt[d] = r.doubles();
            bias[d] = r.doubles();
        }
        return new Likeness(new Levels(factor, doubt), r.real(), r.real(), bias, r.real());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every Java", e);
        }
    }
}
