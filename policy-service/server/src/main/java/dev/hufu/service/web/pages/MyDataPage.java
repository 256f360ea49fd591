package dev.hufu.service.web.pages;

import dev.hufu.service.notices.OwnUses;
import dev.hufu.service.notices.UsesOfOne;
import dev.hufu.service.request.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How one's own data was used. Whose data it is comes from the session; no address names a person. */
@Controller
class MyDataPage {
    private static final int DAYS = 30;

    private final OwnUses uses;
    private final UseWords useWords;
    private final Readers readers;
    private final Clock clock;
    private final ZoneId zone;

    MyDataPage(OwnUses uses, UseWords useWords, Readers readers, Clock clock, ZoneId zone) {
        this.uses = uses;
        this.useWords = useWords;
        this.readers = readers;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/my-data")
    String mine(
            Authentication who,
            HttpServletRequest request,
            @RequestParam(name = "month", required = false) @Nullable String monthAsked,
            Model model) {
        Principal reader = readers.principal(who);
        Words words = readers.words(request);
        Optional<String> employee = reader.employeeId();
        if (employee.isEmpty()) {
            return "my-data-unlinked";
        }
        Instant now = clock.instant();
        YearMonth present = YearMonth.from(now.atZone(zone));
        Optional<YearMonth> month = month(monthAsked).filter(m -> !m.isAfter(present));
        Instant from =
                month.map(m -> m.atDay(1).atStartOfDay(zone).toInstant()).orElse(now.minus(Duration.ofDays(DAYS)));
        Instant until = month.map(
                        m -> m.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant())
                .orElse(now.plusSeconds(1));
        UsesOfOne found = uses.of(employee.get(), from, until);
        model.addAttribute(
                "view",
                useWords.view(found, month, DAYS, present, uses.recordedSince().orElse(now), words));
        return "my-data";
    }

    private static Optional<YearMonth> month(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(YearMonth.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
