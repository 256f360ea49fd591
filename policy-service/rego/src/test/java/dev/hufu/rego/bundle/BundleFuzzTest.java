package dev.hufu.rego.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.CompileOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, the reader answers with a bundle or its own error; what it takes, it can write and take again. */
class BundleFuzzTest {
    private static final BundleLimits LIMITS = new BundleLimits(1 << 20, 4 << 20, 50, 300, 8, 1 << 20, 1 << 20);

    private static List<BundleFile> files() {
        return List.of(
                new BundleFile("a/p.rego", "package a.p\n\nx := data.a.q.k\n\ny if x > 0\n"),
                new BundleFile("a/old.rego", "package a.old\n\nf[x] { x := 1 }\n"),
                new BundleFile("a/q/data.json", "{\"k\": 1, \"s\": [\"\\u00e9\", 1e3, null]}"),
                new BundleFile("a/r/data.yaml", "k: 1\nl:\n  - a\n  - {b: 2}\n"),
                new BundleFile("policy.wasm", "\0asm"),
                new BundleFile("a/" + "n".repeat(120) + "/data.json", "{}"),
                new BundleFile(
                        ".manifest",
                        "{\"revision\": \"r\", \"roots\": [\"a\", \"b/c\"], \"rego_version\": 1,"
                                + " \"file_rego_versions\": {\"/a/o*\": 0}, \"metadata\": {},"
                                + " \"wasm\": [{\"module\": \"/policy.wasm\", \"entrypoint\": \"a/p/x\"}]}"));
    }

    static byte[] seed(boolean signed) throws Exception {
        List<BundleFile> files = new ArrayList<>(files());
        if (signed) {
            files.add(BundleSignature.sign(files, Signing.with("HS256", "secret", "default", Optional.empty())));
        }
        byte[] packed = TarWriter.write(files);
        return new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(packed)).readAllBytes();
    }

    /** Bytes changed, blocks moved; every second time the headers' checksums are made good again. */
    private static byte[] mutate(Random random, byte[] tar) {
        byte[] out = tar.clone();
        int blocks = out.length / Tarball.BLOCK;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(5)) {
                case 0 -> out[at] = (byte) random.nextInt(256);
                case 1 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    int header = random.nextInt(blocks) * Tarball.BLOCK;
                    int[] fields = {0, 100, 124, 135, 148, 156, 157, 257, 345};
                    out[header + fields[random.nextInt(fields.length)]] =
                            (byte) "01234567xgLKS/.\0\u00ff-".charAt(random.nextInt(18));
                }
                case 3 ->
                    System.arraycopy(
                            out,
                            random.nextInt(blocks) * Tarball.BLOCK,
                            out,
                            random.nextInt(blocks) * Tarball.BLOCK,
                            Tarball.BLOCK);
                default -> {
                    byte[] piece = new String[] {"../", "[[[[", "\"a\":", "\0", "{}", "package ", "&a *a", "99999"}
                            [random.nextInt(8)].getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(piece, 0, out, Math.min(at, out.length - piece.length), piece.length);
                }
            }
        }
        for (int block = 0; random.nextBoolean() && block < blocks; block++) {
            int from = block * Tarball.BLOCK;
            if (out[from + 257] == 'u' && out[from + 258] == 's') {
                byte[] header = java.util.Arrays.copyOfRange(out, from, from + Tarball.BLOCK);
                System.arraycopy(Tarball.sealed(header), 0, out, from, Tarball.BLOCK);
            }
        }
        return out;
    }

    static void exercise(byte[] tarball) throws Exception {
        for (Verification verification : List.of(Verification.skipped(), Verification.with("HS256", "secret"))) {
            try {
                Bundle bundle = new BundleReader(LIMITS, verification).read(tarball);
                byte[] written = BundleWriter.write(bundle, Optional.empty());
                Bundle again = new BundleReader(LIMITS, Verification.unsigned()).read(written);
                assertThat(again.data()).isEqualTo(bundle.data());
                assertThat(again.sources()).isEqualTo(bundle.sources());
                bundle.compile(CompileOptions.defaults());
            } catch (BundleException refused) {
                assertThat(refused.problem()).isNotEmpty();
            }
        }
    }

    private static void fuzz(long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        byte[][] seeds = {seed(false), seed(true)};
        for (int i = 0; i < rounds; i++) {
            byte[] tar = mutate(random, seeds[i & 1]);
            byte[] packed = Tarball.gzip(tar);
            if (random.nextInt(10) == 0) {
                packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                exercise(packed);
            } catch (Exception | Error unexpected) {
                throw new AssertionError("seed " + seed + ", round " + i, unexpected);
            }
        }
    }

    @Test
    void read_mutatedTarballs_failsOnlyWithItsOwnError() throws Exception {
        exercise(Tarball.gzip(seed(true)));
        assertThat(new BundleReader(LIMITS, Verification.with("HS256", "secret"))
                        .read(Tarball.gzip(seed(true)))
                        .sources())
                .hasSize(2);
        fuzz(20261125, 2_000);
    }

    @Test
    @Tag("soak")
    void read_mutatedTarballsForLong_failsOnlyWithItsOwnError() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            fuzz(seed, 10_000);
        }
    }
}
