package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hufu.auditlog.receipt.Level;
import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.WitnessStanding;
import dev.hufu.service.audit.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A receipt that is wanted at a level: the receipt, or a problem that says what is missing, never a lesser one. */
final class ReceiptLevels {
    private ReceiptLevels() {}

    /** A witness that has not cosigned the entry. */
    record Lacking(
            String name,
            long size,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long ageSeconds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String trouble) {}

    /** @throws ProblemException unless the text is empty or a level */
    static Optional<Level> wanted(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(Level.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.MALFORMED,
                        "The parameter level is D1, D2 or D3, or is left out for the best level there is.",
                        "参数 level 只能是 D1、D2 或 D3；省略则返回现有的最高级别。",
                        Map.of("member", "level"))));
    }

    /** @throws ProblemException if the receipt shows less than {@code wanted} */
    static void require(Level wanted, Receipt receipt, Optional<Cosigning> cosigning, Instant now) {
        Level level = Level.valueOf(receipt.level());
        if (level.compareTo(wanted) >= 0) {
            return;
        }
        throw wanted == Level.D3 ? unwitnessed(level, receipt, cosigning, now) : unproven(wanted, level);
    }

    private static ProblemException unproven(Level wanted, Level level) {
        return new ProblemException(
                ProblemType.RECEIPT_LEVEL,
                "The entry is durable (" + level + ") and not under a signed checkpoint yet, so there is no " + wanted
                        + ". Ask again in a few seconds.",
                "该记录已落盘（" + level + "），但尚未进入签名检查点，因此还没有 " + wanted + "。请几秒后重试。",
                Map.of("wanted", wanted.name(), "level", level.name()));
    }

    private static ProblemException unwitnessed(
            Level level, Receipt receipt, Optional<Cosigning> cosigning, Instant now) {
        if (cosigning.isEmpty()) {
            return new ProblemException(
                    ProblemType.RECEIPT_LEVEL,
                    "This log asks no witnesses, so its receipts go to " + Level.D2
                            + ". The operator names witnesses with HUFU_WITNESSES.",
                    "本日志没有配置见证方，凭证最高为 " + Level.D2 + "。运维人员可用 HUFU_WITNESSES 配置见证方。",
                    Map.of("wanted", Level.D3.name(), "level", level.name(), "threshold", 0, "lacking", List.of()));
        }
        Cosigning state = cosigning.get();
        long needed = level == Level.D1
                ? Long.MAX_VALUE // not under any checkpoint yet: nobody can have seen it
                : receipt.json().at("/inclusion/index").asLong() + 1;
        List<WitnessStanding> lacking = state.lacking(needed);
        int cosigned = state.witnesses().size() - lacking.size();
        return new ProblemException(
                ProblemType.RECEIPT_LEVEL,
                "The receipt is " + level + ", and D3 was asked for: " + cosigned + " of "
                        + state.witnesses().size()
                        + " witnesses have cosigned this entry, " + state.threshold()
                        + " are wanted under one checkpoint."
                        + words(lacking, now, false) + " Ask again later; the receipt stays good meanwhile.",
                "凭证目前为 " + level + "，而请求的是 D3：" + state.witnesses().size() + " 个见证方中有 " + cosigned
                        + " 个已联署这条记录，需有 " + state.threshold() + " 个联署同一检查点。" + words(lacking, now, true)
                        + "请稍后重试；现有凭证继续有效。",
                Map.of(
                        "wanted",
                        Level.D3.name(),
                        "level",
                        level.name(),
                        "threshold",
                        state.threshold(),
                        "lacking",
                        lacking.stream().map(each -> lacking(each, now)).toList()));
    }

    private static Lacking lacking(WitnessStanding witness, Instant now) {
        return new Lacking(
                witness.name(),
                witness.size(),
                witness.age(now).map(Duration::toSeconds).orElse(null),
                witness.trouble().map(trouble -> trouble.wire()).orElse(null));
    }

    private static String words(List<WitnessStanding> lacking, Instant now, boolean chinese) {
        if (lacking.isEmpty()) {
            return "";
        }
        return (chinese ? "尚缺：" : " Lacking: ")
                + lacking.stream()
                        .map(witness -> one(witness, now, chinese))
                        .collect(Collectors.joining(chinese ? "；" : "; "))
                + (chinese ? "。" : ".");
    }

    private static String one(WitnessStanding witness, Instant now, boolean chinese) {
        String last = witness.age(now)
                .map(age -> chinese
                        ? "上次联署在 " + age.toSeconds() + " 秒前，当时 " + witness.size() + " 条"
                        : "last cosigned " + age.toSeconds() + " s ago, at " + witness.size() + " entries")
                .orElse(chinese ? "从未联署" : "never cosigned");
        String trouble = witness.trouble()
                .map(why -> (chinese ? "；" : "; ") + WitnessWords.trouble(why, chinese))
                .orElse("");
        return witness.name() + (chinese ? "（" : " (") + last + trouble + (chinese ? "）" : ")");
    }
}
