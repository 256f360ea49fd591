package dev.hufu.service.web.pages;

import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.registers.Register;
import dev.hufu.service.registers.RegisterRecord;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.VocabularyKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tells the records that rules look into: notices, activities, rulebooks, assessments and the like. */
final class RegisterWords {
    /** Registers about the organisation; those that may name a person are not for this page. */
    private static final List<Register> TOLD = List.of(
            Register.NOTICES,
            Register.ACTIVITIES,
            Register.RULEBOOKS,
            Register.COLLECTIVE_CONTRACTS,
            Register.PIPIAS,
            Register.CONTRACTS,
            Register.EXPORT_PATHS,
            Register.SWITCHES);

    /** What a record says of itself, in this order; a database keeps none. */
    private static final List<String> FIRST = List.of("id", "notice", "version", "validFrom", "validTo", "handler");

    /** What the heading of a record's page says already. */
    private static final Set<String> HEADING = Set.of("title", "zh", "en");

    private final Registers registers;
    private final Words words;
    private final LocalDate day;
    private final Map<String, String> terms = new HashMap<>();

    /** @param day on which records are in force or not */
    RegisterWords(Registers registers, QueryCatalogue catalogue, Words words, LocalDate day) {
        this.registers = registers;
        this.words = words;
        this.day = day;
        for (VocabularyKind kind : VocabularyKind.values()) {
            terms.putAll(catalogue.titles(kind, words));
        }
    }

    List<RegisterView> all() {
        return TOLD.stream()
                .map(register -> {
                    List<RegisterView.Row> rows =
                            registers.records(register).stream().map(this::row).toList();
                    return new RegisterView(
                            register.wire(),
                            words.say("register." + register.wire()),
                            (int) rows.stream()
                                    .filter(RegisterView.Row::inForce)
                                    .count(),
                            rows);
                })
                .filter(register -> !register.rows().isEmpty())
                .toList();
    }

    /** Empty for what is not there, or not told here. */
    Optional<RegisterView.Whole> whole(String wire, String id) {
        return Register.ofWire(wire)
                .filter(TOLD::contains)
                .flatMap(register -> registers.records(register).stream()
                        .filter(record -> record.id().equals(id))
                        .findFirst())
                .map(record ->
                        new RegisterView.Whole(words.say("register." + wire), row(record), sections(record.body())));
    }

    private RegisterView.Row row(RegisterRecord record) {
        JsonNode body = record.body();
        String from = body.path("validFrom").asString("");
        String to = body.path("validTo").asString("");
        return new RegisterView.Row(
                record.id(),
                title(record),
                from.isEmpty() && to.isEmpty() ? "" : words.say("register.valid", from, to),
                NoticeBook.inForce(body, day));
    }

    private String title(RegisterRecord record) {
        JsonNode body = record.body();
        for (JsonNode named : List.of(body.path("title"), body.path("party"), body)) {
            if (bilingual(named)) {
                return picked(named);
            }
        }
        return record.id();
    }

    /** What a record says directly comes first; each object within it is a section, and so is each object within that. */
    private List<RegisterView.Section> sections(JsonNode body) {
        List<PolicyView.Fact> own = new ArrayList<>();
        List<RegisterView.Section> sections = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> members = body.properties().stream()
                .filter(member -> !HEADING.contains(member.getKey()))
                .sorted(Comparator.comparingInt(
                        member -> FIRST.contains(member.getKey()) ? FIRST.indexOf(member.getKey()) : FIRST.size()))
                .toList();
        for (Map.Entry<String, JsonNode> member : members) {
            JsonNode value = member.getValue();
            String name = name(member.getKey());
            String one = words.sayOr("register.one." + member.getKey(), name);
            if (!value.isObject() || bilingual(value)) {
                own.add(fact(name, member));
            } else if (value.valueStream().allMatch(part -> part.isObject() && !bilingual(part))) {
                value.properties()
                        .forEach(part -> sections.add(new RegisterView.Section(
                                words.pick(one + "：", one + ": ") + name(part.getKey()), facts("", part.getValue()))));
            } else {
                sections.add(new RegisterView.Section(name, facts("", value)));
            }
        }
        sections.addFirst(new RegisterView.Section("", own));
        return sections;
    }

    private List<PolicyView.Fact> facts(String path, JsonNode node) {
        List<PolicyView.Fact> facts = new ArrayList<>();
        node.properties().forEach(member -> {
            String name = path.isEmpty() ? name(member.getKey()) : path + " › " + name(member.getKey());
            if (member.getValue().isObject() && !bilingual(member.getValue())) {
                facts.addAll(facts(name, member.getValue()));
            } else {
                facts.add(fact(name, member));
            }
        });
        return facts;
    }

    private PolicyView.Fact fact(String name, Map.Entry<String, JsonNode> member) {
        String said = said(member.getValue());
        return new PolicyView.Fact(name, member.getKey().equals("article") ? words.article(said) : said);
    }

    private String name(String key) {
        String article = words.legalBasis(key);
        if (!article.equals(key)) {
            return terms.containsKey(key) ? article + words.pick("，", ", ") + terms.get(key) : article;
        }
        return terms.getOrDefault(key, words.sayOr("register.part." + key, key));
    }

    private String said(JsonNode value) {
        if (value.isArray()) {
            return words.list(value.valueStream().map(this::said).toList());
        }
        if (bilingual(value)) {
            String further = value.properties().stream()
                    .filter(m -> !m.getKey().equals("zh") && !m.getKey().equals("en"))
                    .map(m -> said(m.getValue()))
                    .collect(Collectors.joining(words.pick("，", ", ")));
            return further.isEmpty()
                    ? picked(value)
                    : picked(value) + words.pick("（" + further + "）", " (" + further + ")");
        }
        if (value.isBoolean()) {
            return words.say(value.booleanValue() ? "register.yes" : "register.no");
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return terms.getOrDefault(text, words.sayOr("register.part." + text, text));
    }

    private static boolean bilingual(JsonNode node) {
        return node.path("zh").isString() && node.path("en").isString();
    }

    private String picked(JsonNode text) {
        return words.pick(text.path("zh").asString(), text.path("en").asString());
    }
}
