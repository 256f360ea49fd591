package dev.hufu.service.gate;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Shape;
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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The document that rules find under {@code input}, in AuthZEN's shape. The law counts in civil days in China, so the day and the
 * instant at which it ends are given, and no rule reads a clock. What is absent is null.
 */
final class PolicyInput {
    /** Where the law's days are counted. */
    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final Shape INPUT = Shape.of("subject", "action", "resource", "context");
    private static final Shape SUBJECT = Shape.of("type", "id", "roles", "orgUnit", "region", "trainingValidUntil");
    private static final Shape ACTION = Shape.of("name");
    private static final Shape RESOURCE = Shape.of("dataset", "fields");
    private static final Shape CONTEXT =
            Shape.of("purpose", "legalBasis", "recipient", "justification", "date", "time", "endOfDay");
    private static final Shape RECIPIENT = Shape.of("kind", "contract", "region");

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
        Day day = Day.of(request.time());
        Value context = CONTEXT.with(
                new Str(request.purpose().curie()),
                new Str(request.legalBasis().article()),
                request.recipient().map(PolicyInput::recipient).orElse(Null.NULL),
                new Str(request.justification()),
                day.dateText(),
                new Str(DateTimeFormatter.ISO_INSTANT.format(request.time())),
                day.endText());
        Value resource = RESOURCE.with(new Str(request.dataset().value()), texts(request.fields()));
        return INPUT.with(
                subject(request.subject()), ACTION.with(new Str(request.action().wire())), resource, context);
    }

    private static Value subject(Principal subject) {
        return SUBJECT.with(
                ACCOUNT,
                new Str(subject.account().value()),
                texts(subject.roles().size() > 1 ? new TreeSet<>(subject.roles()) : subject.roles()),
                text(subject.orgUnit()),
                text(subject.region()),
                text(subject.trainingValidUntil().map(LocalDate::toString)));
    }

    private static Value recipient(Recipient recipient) {
        return RECIPIENT.with(new Str(recipient.kind()), text(recipient.contract()), text(recipient.region()));
    }

    private static Value texts(Collection<String> values) {
        Value[] texts = new Value[values.size()];
        int count = 0;
        for (String value : values) {
            texts[count++] = new Str(value);
        }
        return Arr.wrap(texts);
    }

    private static Value text(Optional<String> value) {
        return value.<Value>map(Str::new).orElse(Null.NULL);
    }
}
