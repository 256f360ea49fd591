package dev.hufu.service.web.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One article of one statute, as rules are looked up by it.
 *
 * @param statute short name, for example {@code PIPL}
 * @param article from 1
 */
record LawPlace(String statute, int article) {
    private static final Pattern PLACES = Pattern.compile("([A-Z]+) (\\d[\\d-]*(?:, ?\\d[\\d-]*)*)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})-(\\d{1,4})");
    private static final Pattern ARTICLE = Pattern.compile("\\d{1,4}");
    /** Longest range of articles that is taken apart. */
    private static final int MAX_RANGE = 50;

    /**
     * The articles that {@code PIPL 13-1-2; LCL 51, 54} or {@code PIPL 20-23} names: two numbers are a range, three an article with
     * paragraph and item. What has another form names none.
     */
    static List<LawPlace> of(String articles) {
        List<LawPlace> places = new ArrayList<>();
        for (String part : articles.split(";")) {
            Matcher m = PLACES.matcher(part.strip());
            if (m.matches()) {
                for (String number : m.group(2).split(", ?")) {
                    add(places, m.group(1), number);
                }
            }
        }
        return places;
    }

    private static void add(List<LawPlace> places, String statute, String number) {
        Matcher range = RANGE.matcher(number);
        Matcher first = ARTICLE.matcher(number);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Math.min(Integer.parseInt(range.group(2)), from + MAX_RANGE);
            for (int article = from; article <= to; article++) {
                places.add(new LawPlace(statute, article));
            }
        } else if (first.lookingAt()) {
            places.add(new LawPlace(statute, Integer.parseInt(first.group())));
        }
    }

    /** {@code PIPL 17}, as an address has it. */
    static Optional<LawPlace> ofWire(String wire) {
        List<LawPlace> places = of(wire);
        return places.size() == 1 ? Optional.of(places.getFirst()) : Optional.empty();
    }

    String wire() {
        return statute + " " + article;
    }
}
