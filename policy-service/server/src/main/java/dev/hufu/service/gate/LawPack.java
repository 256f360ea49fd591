package dev.hufu.service.gate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a law pack says of itself.
 *
 * @param edition counted from 1
 * @param written the day on which this edition was written
 * @param effectiveFrom the day from which this edition speaks
 * @param statutes in the order of the pack
 */
public record LawPack(
        String id, Text title, int edition, LocalDate written, LocalDate effectiveFrom, List<Statute> statutes) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Where a statute's text was read before its rules were written. */
    public enum Mark {
        /** In the statute's Chinese text. */
        P,
        /** In secondary sources. */
        S,
        /** From memory; counsel confirms it before use. */
        M
    }

    /**
     * @param shortName as articles name it, for example {@code PIPL}
     * @param amended from which day its last amendment that the pack follows is in force
     */
    public record Statute(
            String shortName, Text title, LocalDate effectiveFrom, Optional<LocalDate> amended, Mark mark) {}

    private record File(Pack pack) {}

    private record Pack(
            String id,
            Text title,
            int edition,
            LocalDate written,
            LocalDate effectiveFrom,
            Map<String, Entry> statutes) {}

    private record Entry(
            String zh,
            String en,
            LocalDate effectiveFrom,
            @Nullable LocalDate amended,
            Mark mark) {}

    public LawPack {
        if (edition < 1) {
            throw new IllegalArgumentException("editions of a law pack are counted from 1");
        }
        Objects.requireNonNull(written, "written");
        statutes = List.copyOf(statutes);
    }

    /** @throws IllegalArgumentException when the text is not a whole {@code pack.yaml} */
    static LawPack read(String yaml) {
        try {
            Pack pack = YAML.readValue(yaml, File.class).pack();
            List<Statute> statutes = new ArrayList<>();
            pack.statutes()
                    .forEach((name, s) -> statutes.add(new Statute(
                            name,
                            new Text(s.zh(), s.en()),
                            s.effectiveFrom(),
                            Optional.ofNullable(s.amended()),
                            s.mark())));
            return new LawPack(pack.id(), pack.title(), pack.edition(), pack.written(), pack.effectiveFrom(), statutes);
        } catch (JacksonException | NullPointerException malformed) {
            throw new IllegalArgumentException(
                    "lawpacks/cn/pack.yaml is no law pack: " + malformed.getMessage(), malformed);
        }
    }
}
