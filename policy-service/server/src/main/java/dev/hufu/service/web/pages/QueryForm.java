package dev.hufu.service.web.pages;

import dev.hufu.service.web.Questions;
import org.jspecify.annotations.Nullable;

/** What stands in the form of a question, as its writer left it. Line breaks are {@code \n}; a browser sends {@code \r\n}. */
record QueryForm(String purpose, String legalBasis, String justification, String sql) {
    static QueryForm of(
            @Nullable String purpose,
            @Nullable String legalBasis,
            @Nullable String justification,
            @Nullable String sql) {
        return new QueryForm(text(purpose), text(legalBasis), text(justification), text(sql));
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.replace("\r\n", "\n").strip();
    }

    Questions.Wanted wanted() {
        return new Questions.Wanted(sql, purpose, legalBasis, justification);
    }

    /** Characters in all. */
    int length() {
        return purpose.length() + legalBasis.length() + justification.length() + sql.length();
    }
}
