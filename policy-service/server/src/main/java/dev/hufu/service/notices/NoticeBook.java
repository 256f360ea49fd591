package dev.hufu.service.notices;

import dev.hufu.service.registers.Register;
import dev.hufu.service.registers.RegisterRecord;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Which notice states which purpose (PIPL Art. 17). Thread-safe. */
public final class NoticeBook {
    private final Registers registers;

    public NoticeBook(Registers registers) {
        this.registers = registers;
    }

    /** The title of the notice that states each purpose on that day, by the purpose's CURIE; none for what no notice states. */
    public Map<String, Title> statedOn(LocalDate day) {
        Map<String, Title> stated = new HashMap<>();
        for (JsonNode notice : inForceOn(day)) {
            var title = title(notice.path("title"));
            notice.path("purposes").propertyNames().forEach(purpose -> stated.putIfAbsent(purpose, title));
        }
        return stated;
    }

    /** Whom the notices in force on that day name, each contact once. */
    public List<NoticeContact> contactsOn(LocalDate day) {
        return List.copyOf(inForceOn(day).stream()
                .map(notice -> new NoticeContact(
                        title(notice.path("title")),
                        title(notice.path("handler")),
                        notice.path("handler").path("contact").asString("").strip(),
                        title(notice.path("rights"))))
                .filter(contact -> !contact.contact().isEmpty())
                .collect(Collectors.toMap(
                        NoticeContact::contact, Function.identity(), (first, _) -> first, LinkedHashMap::new))
                .values());
    }

    private List<JsonNode> inForceOn(LocalDate day) {
        return registers.records(Register.NOTICES).stream()
                .map(RegisterRecord::body)
                .filter(notice -> inForce(notice, day))
                .toList();
    }

    private static Title title(JsonNode text) {
        return new Title(text.path("zh").asString(""), text.path("en").asString(""));
    }

    /** Whether a record is in force from its first to its last day. */
    public static boolean inForce(JsonNode record, LocalDate day) {
        String from = record.path("validFrom").asString("");
        String to = record.path("validTo").asString("");
        return (from.isEmpty() || !LocalDate.parse(from).isAfter(day))
                && (to.isEmpty() || !LocalDate.parse(to).isBefore(day));
    }
}
