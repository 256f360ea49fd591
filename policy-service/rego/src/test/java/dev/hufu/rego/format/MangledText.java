package dev.hufu.rego.format;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module with other white space and with comments in odd places; the same from the same seed. */
final class MangledText {
    private static final Pattern TOKEN = Pattern.compile(
            "#[^\\n]*|\\$?\"(?:\\\\.|[^\"\\\\\\n])*\"|\\$?`[^`]*`|[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9.eE+]*|:=|==|!=|<=|>=|\\n|[ \\t\\r]+|.",
            Pattern.DOTALL);
    private static final String BREAKABLE_BEHIND = "([{,:|";

    private final Random random;
    private final double breaks;
    private final double comments;
    private int commented;

    MangledText(long seed) {
        this.random = new Random(seed);
        this.breaks = 0.06 * random.nextDouble();
        this.comments = random.nextBoolean() ? 0 : 0.06 * random.nextDouble();
    }

    /** The package's line stays. */
    String of(String module) {
        int start = module.indexOf('\n');
        if (start < 0) {
            return module;
        }
        StringBuilder out = new StringBuilder(module.substring(0, start));
        for (Matcher token = TOKEN.matcher(module.substring(start)); token.find(); ) {
            token(token.group(), out);
        }
        return out.toString();
    }

    private void token(String token, StringBuilder out) {
        if (token.equals("\n")) {
            out.append(chance(comments) ? comment() : "\n").append(chance(breaks) ? "\n\n" : "");
        } else if (token.isBlank()) {
            out.append(chance(breaks) ? "\n" : chance(comments) ? comment() : chance(0.1) ? "   " : token);
        } else {
            out.append(token);
            if (BREAKABLE_BEHIND.contains(token)) {
                out.append(chance(breaks) ? "\n" : chance(comments) ? comment() : "");
            }
        }
    }

    private String comment() {
        return " # c" + commented++ + (random.nextBoolean() ? "\n" : "  \n# c" + commented++ + "\n");
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
