package dev.hufu.service.analytics.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {
    private static final CsvLimits SMALL = new CsvLimits(4_000, 100, 8, 60);

    private static List<List<String>> read(byte[] file, CsvLimits limits) throws IOException {
        var reader = new CsvReader(new ByteArrayInputStream(file), limits);
        List<List<String>> records = new ArrayList<>();
        for (List<String> r = reader.next(); r != null; r = reader.next()) {
            records.add(r);
        }
        return records;
    }

    private static List<List<String>> read(String file) throws IOException {
        return read(file.getBytes(StandardCharsets.UTF_8), SMALL);
    }

    @Test
    void next_plainAndQuotedFields_areRead() throws IOException {
        assertThat(read("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n,\"\"\n"))
                .containsExactly(List.of("a", "b"), List.of("1", "x, \"y\"\nz"), List.of("", ""));
    }

    @Test
    void next_byteOrderMark_isNoPartOfTheFirstName() throws IOException {
        assertThat(read("\uFEFF工号,b\n1,2")).containsExactly(List.of("工号", "b"), List.of("1", "2"));
    }

    @Test
    void next_emptyFile_hasNoRecord() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("a\n\n\r\n")).containsExactly(List.of("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,b\\n1,x\"y             | 2 | a quote inside a field",
                "a,b\\n1,\"x\"y           | 2 | text after a closing quote",
                "a,b\\n1,\"x\\n\\n2,3     | 2 | never closed",
                "a,b\\r1,2                | 1 | a carriage return without a line feed",
                "a,b\\n1,x\\0             | 2 | a NUL character",
                "a\\n\\nb                 | 2 | an empty line",
                "1,2,3,4,5,6,7,8,9        | 1 | more than 8 columns",
            })
    void next_ambiguous_isRefusedWithTheLine(String file, long line, String message) {
        String text = file.strip().replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        CsvException.class, e -> assertThat(e.line()).isEqualTo(line))
                .hasMessageContaining(message);
    }

    @Test
    void next_beyondLimits_isRefused() {
        assertThatThrownBy(() -> read("a\n" + "x".repeat(61)))
                .hasMessageContaining("line 2: a field is longer than 60");
        assertThatThrownBy(() -> read("a\n" + "x\n".repeat(2_000))).hasMessageContaining("the file is larger than");
        assertThatThrownBy(() -> read("a\n\"" + "x\n".repeat(2_000))).isInstanceOf(CsvException.class);
    }

    @Test
    void next_notUtf8_isRefused() {
        for (byte[] file : List.of(
                "a,b\n张,2\n".getBytes(java.nio.charset.Charset.forName("GBK")),
                "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16),
                new byte[] {'a', '\n', (byte) 0xC0, (byte) 0x80},
                new byte[] {'a', '\n', (byte) 0xED, (byte) 0xA0, (byte) 0x80})) {
            assertThatThrownBy(() -> read(file, SMALL)).isInstanceOf(CsvException.class);
        }
    }

    @Test
    void next_whatAWriterQuoted_comesBack() throws IOException {
        long seed = 20261123;
        var random = new Random(seed);
        String alphabet = "ab ,\"\n;工,\"0.-";
        for (int round = 0; round < 2_000; round++) {
            int width = 1 + random.nextInt(6);
            List<List<String>> records = new ArrayList<>();
            var file = new StringBuilder();
            for (int r = 0; r < 1 + random.nextInt(5); r++) {
                List<String> record = new ArrayList<>();
                for (int f = 0; f < width; f++) {
                    var value = new StringBuilder();
                    for (int k = random.nextInt(8); k > 0; k--) {
                        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    record.add(value.toString());
                    String text = value.toString();
                    boolean quote = text.contains(",")
                            || text.contains("\"")
                            || text.contains("\n")
                            || (width == 1 && text.isEmpty())
                            || random.nextBoolean();
                    file.append(f == 0 ? "" : ",").append(quote ? '"' + text.replace("\"", "\"\"") + '"' : text);
                }
                records.add(record);
                file.append(random.nextBoolean() ? "\r\n" : "\n");
            }
            assertThat(read(file.toString()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(records);
        }
    }

    @Test
    void next_anyBytes_giveRecordsOrACsvException() throws IOException {
        long seed = 7;
        var random = new Random(seed);
        byte[] dictionary = "a,b\n\"\"\",\r\n\0\uFEFF工".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] file = new byte[random.nextInt(60)];
            for (int i = 0; i < file.length; i++) {
                file[i] = random.nextInt(12) == 0
                        ? (byte) random.nextInt(256)
                        : dictionary[random.nextInt(dictionary.length)];
            }
            try {
                assertThat(read(file, SMALL))
                        .as("seed %d, round %d", seed, round)
                        .allSatisfy(r -> assertThat(r).isNotEmpty());
            } catch (CsvException refused) {
                assertThat(refused.line()).isPositive();
            }
        }
    }
}
