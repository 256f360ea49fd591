package dev.hufu.service.web.pages;

import dev.hufu.service.audit.Cohort;
import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.notices.OwnUses;
import dev.hufu.service.notices.Use;
import dev.hufu.service.notices.UsesOfOne;
import dev.hufu.service.registers.Title;
import dev.hufu.service.registers.VocabularyKind;
import java.time.Clock;
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
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the uses of a person's data in plain sentences. */
public final class UseWords {
    private static final int MONTHS = 6;
    /** Entries of a group of like uses that are listed. */
    private static final int MOST_ENTRIES = 50;

    private static final Pattern MAIL =
            Pattern.compile("[\\w.+-]{1,64}@[\\w.-]{1,190}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern TELEPHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{2,30}");

    /** What makes two uses be told in the same words; the number of people in a statistic differs by chance. */
    private record Alike(
            String action,
            Optional<String> dataset,
            List<String> fields,
            Optional<String> purpose,
            Optional<String> legalBasis,
            List<String> roles,
            Optional<String> unit,
            boolean refused,
            Cohort.Kind how,
            boolean alone) {
        static Alike of(Use use) {
            return new Alike(
                    use.action(),
                    use.dataset(),
                    use.fields(),
                    use.purpose(),
                    use.legalBasis(),
                    use.roles(),
                    use.unit(),
                    use.refused(),
                    use.how(),
                    use.persons() == 1);
        }
    }

    private final QueryCatalogue catalogue;
    private final OwnUses uses;
    private final NoticeBook notices;
    private final Clock clock;
    private final ZoneId zone;

    public UseWords(QueryCatalogue catalogue, OwnUses uses, NoticeBook notices, Clock clock, ZoneId zone) {
        this.catalogue = catalogue;
        this.uses = uses;
        this.notices = notices;
        this.clock = clock;
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
                found.refused() == 0 ? "" : words.say("my.lead.refused", found.refused()),
                links(month, days, first, present, words),
                months(found, words),
                before,
                found.more(),
                contacts(words));
    }

    private static String lead(UsesOfOne found, Words words) {
        if (found.permitted() == 0) {
            return words.say("my.lead.none");
        }
        return found.leftTheCompany() == 0
                ? words.say("my.lead.none-left")
                : words.say("my.lead.left", found.leftTheCompany());
    }

    private static String told(UsesOfOne found, Words words) {
        int all = found.permitted();
        int statistics = found.statistics();
        if (all == 0) {
            return words.say("my.heading.none");
        }
        if (found.more()) {
            return words.say("my.heading.at-least", all);
        }
        if (statistics == all) {
            return words.say("my.heading.all-statistics", all);
        }
        return statistics == 0
                ? words.say("my.heading.no-statistics", all)
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
        Map<YearMonth, Map<Alike, List<Use>>> months = new LinkedHashMap<>();
        for (Use use : found.uses()) {
            months.computeIfAbsent(words.monthOf(use.time()), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(Alike.of(use), _ -> new ArrayList<>())
                    .add(use);
        }
        return months.entrySet().stream()
                .map(m -> new UsesView.Month(
                        words.month(m.getKey()),
                        words.say(
                                "my.uses",
                                m.getValue().values().stream()
                                        .mapToInt(List::size)
                                        .sum()),
                        m.getValue().values().stream()
                                .map(alike -> use(alike, titles, words))
                                .toList()))
                .toList();
    }

    /** @param alike uses that are told in the same words, newest first */
    private UsesView.UseView use(List<Use> alike, Titles titles, Words words) {
        Use newest = alike.getFirst();
        OptionalLong provenBy = uses.provenBy(newest); // and with it all that stand before it in the log
        String kind = newest.refused() ? "refused" : newest.how().wire();
        return new UsesView.UseView(
                newest.purpose().map(titles::purpose).orElse(titles.action(newest.action())),
                kind,
                sentence(newest, kind, titles, words),
                when(alike.size(), alike.getLast(), newest, words),
                who(newest, titles, words),
                basis(newest, titles, words),
                what(newest, titles, words),
                words.say("my.how." + kind),
                alike.size(),
                provenBy.isPresent(),
                provenBy.isPresent() ? words.number(provenBy.getAsLong()) : "",
                alike.stream().limit(MOST_ENTRIES).map(use -> entry(use, words)).toList(),
                alike.size() > MOST_ENTRIES ? words.say("my.entries.more", alike.size() - MOST_ENTRIES) : "");
    }

    private static String when(int times, Use oldest, Use newest, Words words) {
        String from = words.day(oldest.time());
        String to = words.day(newest.time());
        if (times == 1) {
            return to;
        }
        if (from.equals(to)) {
            return words.say("my.times.at", times, to);
        }
        boolean oneDay = words.date(oldest.time()).equals(words.date(newest.time()));
        return words.say("my.times", times, from, oneDay ? words.clock(newest.time()) : to);
    }

    private static UsesView.EntryView entry(Use use, Words words) {
        return new UsesView.EntryView(words.time(use.time()) + " (" + words.zone(use.time()) + ")", use.entryId());
    }

    private static String sentence(Use use, String kind, Titles titles, Words words) {
        String key = "my.say." + kind + (use.how() == Cohort.Kind.INDIVIDUAL && use.persons() > 1 ? ".several" : "");
        return words.say(key, words.number(use.persons()), titles.action(use.action()));
    }

    private List<UsesView.Contact> contacts(Words words) {
        return notices.contactsOn(LocalDate.ofInstant(clock.instant(), zone)).stream()
                .map(c -> new UsesView.Contact(
                        words.pick(c.handler().zh(), c.handler().en()),
                        c.contact(),
                        href(c.contact()),
                        words.pick(c.notice().zh(), c.notice().en()),
                        words.pick(c.rights().zh(), c.rights().en())))
                .toList();
    }

    /** What opens a contact; empty for one that is neither a mail address nor a telephone number. */
    static String href(String contact) {
        if (MAIL.matcher(contact).matches()) {
            return "mailto:" + contact;
        }
        return TELEPHONE.matcher(contact).matches() ? "tel:" + contact.replaceAll("[^+0-9]", "") : "";
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
        if (fields.isEmpty()) {
            return words.say(use.how() == Cohort.Kind.STATISTICS ? "my.what.headcount" : "my.what.dataset", dataset);
        }
        return words.say("my.what.fields", dataset, words.list(fields));
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
