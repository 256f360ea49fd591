package dev.hufu.service.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The password of the demo accounts that was generated once and is kept among the keys, so that every start prints the same. */
public final class DemoPassword {
    private static final String FILE = "demo.password";

    private DemoPassword() {}

    /** Reads it, or generates and keeps one, readable by the owner only. */
    public static String kept(Path keys, Passwords passwords) {
        Path file = keys.resolve(FILE);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file, StandardCharsets.UTF_8).strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
            }
            String made = passwords.generate();
            // Beside and then renamed: a kill in between leaves no half of a password.
            Path beside = keys.resolve(FILE + ".new");
            Files.deleteIfExists(beside);
            Files.createFile(beside, ownerOnly(keys));
            Files.writeString(beside, made + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo password cannot be kept in " + keys, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path keys) throws IOException {
        return Files.getFileStore(keys).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
