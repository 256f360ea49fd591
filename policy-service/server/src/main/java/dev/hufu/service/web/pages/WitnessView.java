package dev.hufu.service.web.pages;

import java.util.List;

/**
 * Who witnesses the log.
 *
 * @param configured whether there are witnesses at all
 * @param sound whether all of them do what they are there for
 * @param demand what the policy wants, in words
 * @param cosigned about the newest cosigned checkpoint; empty where there is none
 * @param trouble why what was cosigned could not be kept; empty where it could
 */
record WitnessView(
        boolean configured,
        boolean sound,
        String heading,
        String lead,
        String demand,
        List<Fact> cosigned,
        String trouble,
        List<Row> rows,
        String logKey) {
    record Fact(String name, String value, boolean mono) {}

    /**
     * @param state message key part: {@code cosigns}, {@code behind}, {@code waiting} or {@code fails}
     * @param size entries it cosigned last
     * @param when it cosigned last, by its own clock
     * @param age how long ago that is
     * @param trouble what is wrong and since when; empty where nothing is
     */
    record Row(
            String name,
            String key,
            String url,
            String state,
            boolean good,
            String size,
            String when,
            String age,
            String trouble,
            String failures) {}
}
