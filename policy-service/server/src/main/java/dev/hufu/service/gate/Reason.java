package dev.hufu.service.gate;

import org.jspecify.annotations.Nullable;

/**
 * Why a request is denied, or what holds where it is permitted.
 *
 * @param rule id of the rule, for example {@code law.cn.notice.purpose}
 * @param code what is the matter, for programs, for example {@code notice.purpose}
 * @param article the article that the rule enforces, for example {@code PIPL 17}
 * @param remedy what would make it allowed; none where nothing is denied
 */
public record Reason(
        String rule,
        String code,
        String article,
        Text text,
        @Nullable Text remedy) {
    private static final String HOUSE = "house.";

    /** Whether the organisation made the rule, on the ground of the article; otherwise it is the law's own. */
    public boolean house() {
        return rule.startsWith(HOUSE);
    }
}
