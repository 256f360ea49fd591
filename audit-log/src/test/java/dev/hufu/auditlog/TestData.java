package dev.hufu.auditlog;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the shared test data, or skips the test with a word. */
public final class TestData {
    private TestData() {}

    public static Path directory(String name) {
        String given = System.getenv("HUFU_TEST_DATA");
        Path data = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("hufu.root", "..")).resolve("../shared/data");
        Path directory = data.resolve(name).normalize();
        Assumptions.assumeTrue(
                Files.isDirectory(directory), () -> "no test data at " + directory + "; set HUFU_TEST_DATA");
        return directory;
    }
}
