package dev.hufu.service.notices;

import dev.hufu.service.registers.Register;
import dev.hufu.service.registers.RegisterRecord;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        List<JsonNode> inForce = registers.records(Register.NOTICES).stream()
                .map(RegisterRecord::body)
                .filter(notice -> inForce(notice, day))
                .toList();
        for (JsonNode notice : inForce) {
            var title = new Title(
                    notice.path("title").path("zh").asString(""),
                    notice.path("title").path("en").asString(""));
            notice.path("purposes").propertyNames().forEach(purpose -> stated.putIfAbsent(purpose, title));
        }
        return stated;
    }

    /** Whether a record is in force from its first to its last day. */
    public static boolean inForce(JsonNode record, LocalDate day) {
        String from = record.path("validFrom").asString("");
        String to = record.path("validTo").asString("");
        return (from.isEmpty() || !LocalDate.parse(from).isAfter(day))
                && (to.isEmpty() || !LocalDate.parse(to).isBefore(day));
    }
}
