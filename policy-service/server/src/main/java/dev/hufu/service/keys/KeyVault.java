package dev.hufu.service.keys;

import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.Sm2SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The keys that are not a person's: epoch key, log signing key, the anonymiser's perturbation secret, the key of cohorts.
 * They lie in a BCFKS key store ({@code hufu.bcfks}) under a random password in a file beside it, both open to their owner
 * only, in a directory of their own that is in no backup of the data. Made at the first start, all at once; a log that is begun
 * later, over data that is gone, gets a signing key and an origin of its own, so that no key ever signs two logs. Thread-safe.
 */
public final class KeyVault {
    private static final String STORE = "hufu.bcfks";
    private static final String PASSWORD = "hufu.bcfks.password";
    private static final String EPOCH = "epoch-1";
    private static final String COHORT = "cohort-1";
    private static final String PERTURBATION = "perturbation";
    private static final String LOG = "log-ed25519/";
    private static final String LOG_SM2 = "log-sm2/";

    private final Path directory;
    private final byte[] epoch;
    private final byte[] cohort;
    private final byte[] perturbation;
    private final SigningKey log;
    private final SecureRandom random;

    private KeyVault(Path directory, KeyStore store, char[] password, String origin, SecureRandom random)
            throws GeneralSecurityException {
        this.directory = directory;
        this.random = random;
        this.epoch = read(store, EPOCH, password);
        this.cohort = read(store, COHORT, password);
        this.perturbation = read(store, PERTURBATION, password);
        this.log = SigningKey.ofSeed(origin, read(store, LOG + origin, password));
    }

    /**
     * Opens the keys in {@code directory}, or makes them if there are none.
     *
     * @param origin the origin of the log that the data holds; empty where it holds none, for which a new one is begun
     * @throws UnreadableException if there are some and they do not open, or not for that log; nothing is made over them
     */
    public static KeyVault open(Path directory, Optional<String> origin, SecureRandom random) throws IOException {
        PrivateFiles.directory(directory);
        Path file = directory.resolve(STORE);
        Path passwordFile = directory.resolve(PASSWORD);
        try {
            KeyStore store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
            if (Files.exists(file)) {
                char[] password = password(passwordFile)
                        .orElseThrow(() -> new UnreadableException(
                                PASSWORD + " is missing beside " + STORE + "; put it back, without it no key opens"));
                store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
                return new KeyVault(directory, store, password, log(store, password, file, origin, random), random);
            }
            PrivateFiles.replace(passwordFile, hex(random, 32).getBytes(StandardCharsets.US_ASCII));
            char[] password = password(passwordFile).orElseThrow();
            store.load(null, password);
            for (String alias : List.of(EPOCH, COHORT, PERTURBATION)) {
                make(store, alias, password, random);
            }
            return new KeyVault(directory, store, password, begin(store, password, file, random), random);
        } catch (GeneralSecurityException | IOException e) {
            if (e instanceof FileSystemException disk) {
                throw disk;
            }
            throw new UnreadableException(STORE + " does not open with the password beside it", e);
        }
    }

    private static String log(KeyStore store, char[] password, Path file, Optional<String> origin, SecureRandom random)
            throws GeneralSecurityException, IOException {
        if (origin.isEmpty()) {
            return begin(store, password, file, random);
        }
        if (!store.containsAlias(LOG + origin.get())) {
            throw new UnreadableException(STORE + " holds no signing key of the log of this data");
        }
        return origin.get();
    }

    /** The origin must be the log's own for ever, and tell nothing of who runs it. */
    private static String begin(KeyStore store, char[] password, Path file, SecureRandom random)
            throws GeneralSecurityException, IOException {
        String origin = "hufu.local/" + hex(random, 8);
        make(store, LOG + origin, password, random);
        save(store, password, file);
        return origin;
    }

    private static void save(KeyStore store, char[] password, Path file) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        PrivateFiles.replace(file, bytes.toByteArray());
    }

    private static void make(KeyStore store, String alias, char[] password, SecureRandom random)
            throws GeneralSecurityException {
        byte[] key = new byte[SealedBox.KEY_BYTES];
        random.nextBytes(key);
        store.setKeyEntry(alias, new SecretKeySpec(key, "AES"), password, null);
    }

    private static byte[] read(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        Key key = store.getKey(alias, password);
        if (key == null) {
            throw new UnreadableException(STORE + " holds no key " + alias);
        }
        return key.getEncoded();
    }

    private static Optional<char[]> password(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII)
                        .strip()
                        .toCharArray())
                : Optional.empty();
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** The key that signs the log; its name is the log's origin. */
    public SigningKey logKey() {
        return log;
    }

    /**
     * The SM2 key that signs the same log's checkpoints beside {@link #logKey}, where that is wanted: made at the first
     * call, kept in the key store as the secret scalar, and the same ever after.
     *
     * @throws UnreadableException if the key store does not open
     */
    public synchronized Sm2SigningKey sm2LogKey() throws IOException {
        String origin = log.verifierKey().name();
        Path file = directory.resolve(STORE);
        try {
            char[] password = password(directory.resolve(PASSWORD))
                    .orElseThrow(() -> new UnreadableException(PASSWORD + " is missing beside " + STORE));
            KeyStore store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
            if (!store.containsAlias(LOG_SM2 + origin)) {
                byte[] scalar = Sm2SigningKey.freshScalar(random);
                store.setKeyEntry(LOG_SM2 + origin, new SecretKeySpec(scalar, "AES"), password, null);
                save(store, password, file);
            }
            return Sm2SigningKey.ofScalar(origin, read(store, LOG_SM2 + origin, password), random);
        } catch (GeneralSecurityException e) {
            throw new UnreadableException(STORE + " does not open with the password beside it", e);
        }
    }

    /** The secret that seeds the anonymiser's sticky perturbation: 32 bytes, a copy. */
    public byte[] perturbationSecret() {
        return perturbation.clone();
    }

    /** Encrypts a cohort for the side store. */
    public byte[] sealCohort(byte[] plaintext, byte[] context) {
        return SealedBox.seal(cohort, plaintext, context, random);
    }

    /**
     * Decrypts a cohort.
     *
     * @throws UnreadableException if it was changed or belongs elsewhere
     */
    public byte[] openCohort(byte[] sealed, byte[] context) {
        return SealedBox.open(cohort, sealed, context);
    }

    /** Encrypts under the epoch key. */
    byte[] sealEpoch(byte[] plaintext, byte[] context) {
        return SealedBox.seal(epoch, plaintext, context, random);
    }

    /** Decrypts under the epoch key. */
    byte[] openEpoch(byte[] sealed, byte[] context) {
        return SealedBox.open(epoch, sealed, context);
    }

    Path directory() {
        return directory;
    }

    SecureRandom random() {
        return random;
    }
}
