package dev.hufu.service.web.pages;

import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.notices.Use;
import dev.hufu.service.notices.UsesOfOne;
import dev.hufu.service.registers.Title;
import dev.hufu.service.registers.VocabularyKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the uses of a person's data in plain sentences. */
public final class UseWords {
    private static final int MONTHS = 6;

    private final QueryCatalogue catalogue;
    private final NoticeBook notices;
    private final ZoneId zone;

    public UseWords(QueryCatalogue catalogue, NoticeBook notices, ZoneId zone) {
        this.catalogue = catalogue;
        this.notices = notices;
        this.zone = zone;
    }

    /** @param since when uses began to be recorded: of a month before it nothing is known, which is not the same as no use */
    UsesView view(UsesOfOne found, Optional<YearMonth> month, int days, YearMonth present, Instant since, Words words) {
        YearMonth first = words.monthOf(since);
        boolean before = month.filter(m -> m.isBefore(first)).isPresent();
        String told = before ? words.say("my.heading.before") : told(found, words);
        String heading = month.isPresent()
                ? words.say("my.heading.month", words.month(month.get()), told)
                : words.say("my.heading.days", days, told);
        return new UsesView(
                heading,
                before ? words.say("my.lead.before", words.date(since)) : lead(found, words),
                links(month, days, first, present, words),
                months(found, words),
                before,
                found.more());
    }

    private static String lead(UsesOfOne found, Words words) {
        if (found.uses().isEmpty()) {
            return words.say("my.coverage.reports");
        }
        return found.leftTheCompany() == 0
                ? words.say("my.lead.none-left")
                : words.say("my.lead.left", found.leftTheCompany());
    }

    private static String told(UsesOfOne found, Words words) {
        int all = found.uses().size();
        int statistics = found.statistics();
        if (all == 0) {
            return words.say("my.heading.none");
        }
        if (statistics == all) {
            return words.say("my.heading.all-statistics", all);
        }
        return statistics == 0
                ? words.say("my.heading.individual", all)
                : words.say("my.heading.some", all, statistics);
    }

    private static List<UsesView.Link> links(
            Optional<YearMonth> month, int days, YearMonth first, YearMonth present, Words words) {
        List<UsesView.Link> links = new ArrayList<>();
        links.add(new UsesView.Link("/my-data", words.say("my.last-days", days), month.isEmpty()));
        for (int back = 0; back < MONTHS && !present.minusMonths(back).isBefore(first); back++) {
            YearMonth m = present.minusMonths(back);
            links.add(new UsesView.Link(
                    "/my-data?month=" + m,
                    words.month(m),
                    month.filter(m::equals).isPresent()));
        }
        return links;
    }

    private List<UsesView.Month> months(UsesOfOne found, Words words) {
        var titles = new Titles(words);
        Map<YearMonth, List<UsesView.UseView>> months = new LinkedHashMap<>();
        for (Use use : found.uses()) {
            months.computeIfAbsent(words.monthOf(use.time()), _ -> new ArrayList<>())
                    .add(use(use, titles, words));
        }
        return months.entrySet().stream()
                .map(m -> new UsesView.Month(
                        words.month(m.getKey()),
                        words.say("my.uses", m.getValue().size()),
                        m.getValue()))
                .toList();
    }

    private static UsesView.UseView use(Use use, Titles titles, Words words) {
        String purpose = use.purpose().map(titles::purpose).orElse(titles.action(use.action()));
        return new UsesView.UseView(
                purpose,
                !use.individual(),
                sentence(use, titles, words),
                words.day(use.time()),
                who(use, titles, words),
                basis(use, titles, words),
                what(use, titles, words),
                words.time(use.time()) + " (" + words.zone(use.time()) + ")",
                words.say(use.individual() ? "my.how.individual" : "my.how.statistic"),
                use.provenBy().isPresent(),
                use.entryId(),
                use.provenBy().isPresent() ? words.number(use.provenBy().getAsLong()) : "");
    }

    private static String sentence(Use use, Titles titles, Words words) {
        if (!use.individual()) {
            return words.say("my.say.statistic", words.number(use.persons()));
        }
        return words.say("my.say.action", titles.action(use.action()));
    }

    /** Roles and unit; never a name, which the log's side does not even hand out. */
    private static String who(Use use, Titles titles, Words words) {
        if (use.roles().isEmpty()) {
            return words.say("my.who.unknown");
        }
        String roles = words.list(use.roles().stream().map(titles::role).toList());
        return use.unit().isPresent()
                ? words.say("my.who.unit", roles, use.unit().get())
                : words.say("my.who", roles);
    }

    private static String basis(Use use, Titles titles, Words words) {
        String article = use.legalBasis().map(words::legalBasis).orElse("–");
        @Nullable String notice = use.purpose().map(p -> titles.notice(p, use)).orElse(null);
        return notice == null ? article : article + words.pick("；", "; ") + notice;
    }

    private static String what(Use use, Titles titles, Words words) {
        if (use.dataset().isEmpty()) {
            return "–";
        }
        Map<String, String> columns = titles.columns(use.dataset().get());
        String dataset = columns.getOrDefault("", use.dataset().get());
        List<String> fields =
                use.fields().stream().map(f -> columns.getOrDefault(f, f)).toList();
        return fields.isEmpty()
                ? words.say("my.what.headcount", dataset)
                : words.say("my.what.fields", dataset, words.list(fields));
    }

    /** Titles from the registers, each read once a page. */
    private final class Titles {
        private final Words words;
        private final Map<String, String> purposes;
        private final Map<String, String> actions;
        private final Map<String, String> roles;
        private final Map<String, Map<String, String>> columns = new HashMap<>();
        private final Map<LocalDate, Map<String, Title>> stated = new HashMap<>();

        Titles(Words words) {
            this.words = words;
            purposes = catalogue.titles(VocabularyKind.PURPOSES, words);
            actions = catalogue.titles(VocabularyKind.ACTIONS, words);
            roles = catalogue.titles(VocabularyKind.ROLES, words);
        }

        String purpose(String curie) {
            return purposes.getOrDefault(curie, curie);
        }

        String action(String wire) {
            return actions.getOrDefault(wire, wire);
        }

        String role(String wire) {
            return roles.getOrDefault(wire, wire);
        }

        Map<String, String> columns(String dataset) {
            return columns.computeIfAbsent(dataset, d -> catalogue.titles(d, words));
        }

        @Nullable
        String notice(String purpose, Use use) {
            LocalDate day = LocalDate.ofInstant(use.time(), zone);
            @Nullable
            Title title = stated.computeIfAbsent(day, notices::statedOn).get(purpose);
            return title == null ? null : words.pick(title.zh(), title.en());
        }
    }
}
