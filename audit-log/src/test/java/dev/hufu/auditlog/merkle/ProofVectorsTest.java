package dev.hufu.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProofVectorsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void verifyInclusion_publishedVectors_agrees() throws IOException {
        List<Path> vectors = vectors("inclusion");
        assertThat(vectors).hasSizeGreaterThan(90);
        for (Path vector : vectors) {
            JsonNode v = JSON.readTree(Files.readAllBytes(vector));
            boolean holds = Proofs.verifyInclusion(
                    v.required("leafIdx").bigIntegerValue().longValue(),
                    v.required("treeSize").bigIntegerValue().longValue(),
                    bytes(v.path("leafHash")),
                    path(v),
                    bytes(v.path("root")));
            assertThat(holds)
                    .as(vector.toString())
                    .isNotEqualTo(v.required("wantErr").asBoolean());
        }
    }

    @Test
    void verifyConsistency_publishedVectors_agrees() throws IOException {
        List<Path> vectors = vectors("consistency");
        assertThat(vectors).hasSizeGreaterThan(80);
        for (Path vector : vectors) {
            JsonNode v = JSON.readTree(Files.readAllBytes(vector));
            boolean holds = Proofs.verifyConsistency(
                    v.required("size1").bigIntegerValue().longValue(),
                    v.required("size2").bigIntegerValue().longValue(),
                    bytes(v.path("root1")),
                    bytes(v.path("root2")),
                    path(v));
            assertThat(holds)
                    .as(vector.toString())
                    .isNotEqualTo(v.required("wantErr").asBoolean());
        }
    }

    private static List<Path> vectors(String kind) throws IOException {
        try (var files = Files.walk(TestData.directory("merkle").resolve(kind))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bytes(JsonNode value) {
        return value.isNull() ? new byte[0] : Base64.getDecoder().decode(value.asString());
    }

    private static List<byte[]> path(JsonNode vector) {
        List<byte[]> path = new ArrayList<>();
        vector.path("proof").forEach(element -> path.add(bytes(element)));
        return path;
    }
}
