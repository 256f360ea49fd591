package dev.hufu.service.gate;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Principal;
import dev.hufu.service.request.Recipient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The document that rules find under {@code input}, in AuthZEN's shape. The law counts in civil days in China, so the day and the
 * instant at which it ends are given, and no rule reads a clock. What is absent is null.
 */
final class PolicyInput {
    /** Where the law's days are counted. */
    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final Value ACCOUNT = new Str("account");

    /** The day last asked for: nearly every request asks for the same. */
    private static final AtomicReference<Day> LAST = new AtomicReference<>();

    private PolicyInput() {}

    private record Day(LocalDate date, Instant start, Instant end, Value dateText, Value endText) {
        static Day of(Instant time) {
            Day last = LAST.get();
            if (last != null && !time.isBefore(last.start()) && time.isBefore(last.end())) {
                return last;
            }
            LocalDate date = LocalDate.ofInstant(time, CHINA);
            Instant start = date.atStartOfDay(CHINA).toInstant();
            Instant end = date.plusDays(1).atStartOfDay(CHINA).toInstant();
            Day day = new Day(date, start, end, new Str(date.toString()), new Str(end.toString()));
            LAST.set(day);
            return day;
        }
    }

    static Value of(AccessRequest request) {
        Principal subject = request.subject();
        Day day = Day.of(request.time());
        return new ObjBuilder()
                .put(
                        "subject",
                        new ObjBuilder()
                                .put("type", ACCOUNT)
                                .put("id", new Str(subject.account().value()))
                                .put(
                                        "roles",
                                        texts(subject.roles().stream().sorted().toList()))
                                .put("orgUnit", text(subject.orgUnit()))
                                .put("region", text(subject.region()))
                                .put(
                                        "trainingValidUntil",
                                        text(subject.trainingValidUntil().map(LocalDate::toString)))
                                .build())
                .put(
                        "action",
                        new ObjBuilder()
                                .put("name", new Str(request.action().wire()))
                                .build())
                .put(
                        "resource",
                        new ObjBuilder()
                                .put("dataset", new Str(request.dataset().value()))
                                .put("fields", texts(request.fields()))
                                .build())
                .put(
                        "context",
                        new ObjBuilder()
                                .put("purpose", new Str(request.purpose().curie()))
                                .put("legalBasis", new Str(request.legalBasis().article()))
                                .put(
                                        "recipient",
                                        request.recipient()
                                                .map(PolicyInput::recipient)
                                                .orElse(Null.NULL))
                                .put("justification", new Str(request.justification()))
                                .put("date", day.dateText())
                                .put("time", new Str(DateTimeFormatter.ISO_INSTANT.format(request.time())))
                                .put("endOfDay", day.endText())
                                .build())
                .build();
    }

    private static Value recipient(Recipient recipient) {
        return new ObjBuilder()
                .put("kind", new Str(recipient.kind()))
                .put("contract", text(recipient.contract()))
                .put("region", text(recipient.region()))
                .build();
    }

    private static Value texts(Collection<String> values) {
        return Arr.wrap(values.stream().map(Str::new).toArray(Value[]::new));
    }

    private static Value text(Optional<String> value) {
        return value.<Value>map(Str::new).orElse(Null.NULL);
    }
}
