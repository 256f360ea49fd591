package dev.hufu.service.web.pages;

import java.util.List;

/**
 * The bundle in use as an author reads it.
 *
 * @param failing cases that do not hold, whatever the filter shows
 * @param trouble why the cases cannot be read, empty when they can
 */
record PolicyView(
        String heading,
        Bundle bundle,
        Filter filter,
        List<RuleGroup> groups,
        String rulesShown,
        List<CaseRow> failing,
        List<CaseGroup> cases,
        String casesShown,
        String trouble) {
    /**
     * @param statutes of the law pack
     * @param files of the bundle, the cases last
     */
    record Bundle(
            String lawPack,
            String edition,
            String effectiveFrom,
            String lawPackVersion,
            String digest,
            String since,
            String engine,
            List<Statute> statutes,
            List<String> files) {}

    /**
     * @param amended from which day its last amendment is in force, empty where there is none
     * @param read where its text was read
     */
    record Statute(String title, String effectiveFrom, String amended, String read) {}

    /**
     * @param chosen whether anything is left out
     * @param about which one rule is shown, in words; empty when it is not one
     */
    record Filter(List<Choice> articles, List<Choice> outcomes, boolean chosen, String about) {}

    record Choice(String value, String text, boolean chosen) {}

    record RuleGroup(String title, String lead, List<RuleRow> rules) {}

    /**
     * @param remedy empty where nothing is denied
     * @param cases in which the rule has a say
     */
    record RuleRow(
            String code,
            String article,
            boolean denies,
            String text,
            String remedy,
            String rule,
            String file,
            int line,
            int cases) {}

    /** @param open whether its cases are to be seen at once */
    record CaseGroup(String file, String count, boolean open, List<CaseRow> rows) {}

    /** @param differs in which parts it came out otherwise; empty when it holds */
    record CaseRow(String name, String about, boolean permits, String articles, boolean holds, String differs) {}

    /** A file, read-only. */
    record Source(String path, List<String> lines) {}

    /** A name and what it is. */
    record Fact(String name, String value) {}

    /**
     * A reason or a duty of a decision.
     *
     * @param article empty for a duty, like the code
     * @param alone whether only this side of a case has it
     */
    record Ground(String article, String text, String code, boolean alone) {}

    /** One side of a case's decision. */
    record Side(boolean permits, List<Ground> reasons, List<Ground> obligations) {}

    /**
     * One case.
     *
     * @param changes to the shipped facts, by path
     * @param came what came out
     * @param differs in which parts it came out otherwise; empty when the case holds
     */
    record Case(
            String name,
            String about,
            String file,
            boolean holds,
            List<Fact> request,
            List<Fact> changes,
            Side wanted,
            Side came,
            String differs,
            List<Fact> audit) {}
}
