package dev.hufu.service.web.pages;

import dev.hufu.service.gate.Obligation;
import dev.hufu.service.gate.Reason;
import dev.hufu.service.gate.Text;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** How the console words articles, obligations, numbers and times in one language. Immutable. */
final class Words {
    /** Article, paragraph, item. */
    private static final Pattern ITEM = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");
    /** A statute's short name and the places in it. */
    private static final Pattern ARTICLE = Pattern.compile("([A-Z]+) (\\d[\\d-]*(?:, ?\\d[\\d-]*)*)");
    /** Statutes by the short name that rules use. */
    private static final Map<String, String> STATUTES_ZH =
            Map.of("PIPL", "个人信息保护法", "DSL", "数据安全法", "NDSMR", "网络数据安全管理条例", "LCL", "劳动合同法", "CSL", "网络安全法");

    private final Language language;
    private final MessageSource messages;
    private final ZoneId zone;

    Words(Language language, MessageSource messages, ZoneId zone) {
        this.language = language;
        this.messages = messages;
        this.zone = zone;
    }

    Language language() {
        return language;
    }

    boolean chinese() {
        return language == Language.ZH;
    }

    String pick(String zh, String en) {
        return chinese() ? zh : en;
    }

    /** Empty where there is no text. */
    String pick(@Nullable Text text) {
        return text == null ? "" : pick(text.zh(), text.en());
    }

    String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, language.locale());
    }

    /** The message, or the given text where there is none. */
    String sayOr(String key, String otherwise) {
        String said = messages.getMessage(key, null, otherwise, language.locale());
        return said == null ? otherwise : said;
    }

    /** {@code PIPL 28, 55} or {@code PIPL 13-1-2; LCL 4} as a reader names it; what has another form stays as it is. */
    String article(String article) {
        var parts = new StringJoiner(chinese() ? "；" : "; ");
        for (String part : article.split(";")) {
            Matcher m = ARTICLE.matcher(part.strip());
            parts.add(m.matches() ? places(m.group(1), m.group(2).split(", ?")) : part.strip());
        }
        return parts.toString();
    }

    /** On what a reason rests: an article of the law, or a rule of the house and the article it serves. */
    String ground(Reason reason) {
        String article = article(reason.article());
        return reason.house() ? say("rule.house", article) : article;
    }

    private String places(String statute, String[] numbers) {
        var whole = new StringJoiner(chinese() ? "、" : ", ");
        var parts = new StringJoiner(chinese() ? "、" : ", ");
        for (String number : numbers) {
            Matcher item = ITEM.matcher(number);
            if (!item.matches()) {
                whole.add(number);
            } else {
                parts.add(item(item));
            }
        }
        if (chinese()) {
            String name = "《" + STATUTES_ZH.getOrDefault(statute, statute) + "》";
            String articles = whole.length() == 0 ? "" : "第 " + whole + " 条";
            return name + articles + (whole.length() > 0 && parts.length() > 0 ? "、" : "") + parts;
        }
        return statute + " Art. " + whole + (whole.length() > 0 && parts.length() > 0 ? ", " : "") + parts;
    }

    /** {@code 13-1-2} as the place in the law that it is. */
    String legalBasis(String basis) {
        return ITEM.matcher(basis).matches() ? places("PIPL", new String[] {basis}) : basis;
    }

    /** The same without the law's name. */
    String item(String basis) {
        Matcher item = ITEM.matcher(basis);
        return item.matches() ? pick("", "Art. ") + item(item) : basis;
    }

    private String item(Matcher item) {
        return chinese()
                ? "第 " + item.group(1) + " 条第 " + item.group(2) + " 款第 " + item.group(3) + " 项"
                : item.group(1) + "(" + item.group(2) + ")(" + item.group(3) + ")";
    }

    /**
     * An obligation as what it means for the reader.
     *
     * @param titles of columns by name; one without is named as it is
     */
    String obligation(Obligation obligation, Map<String, String> titles) {
        return switch (obligation) {
            case Obligation.MinGroupSize o -> say("obligation.minGroupSize", o.value());
            case Obligation.Dominance o -> say("obligation.dominance", o.n(), o.percent());
            case Obligation.Dp o -> say("obligation.dp", Double.toString(o.epsilon()));
            case Obligation.Fields o -> fields(o, titles);
            case Obligation.RowFilter o -> say("obligation.rowFilter", titled(o.column(), titles), list(o.values()));
            case Obligation.ExpiresAt o -> say("obligation.expiresAt", time(o.value()));
            case Obligation.HumanReview _ -> say("obligation.humanReview");
            case Obligation.Explain _ -> say("obligation.explain");
            case Obligation.SecondApproval _ -> say("obligation.secondApproval");
            case Obligation.Notify _ -> say("obligation.notify");
            case Obligation.Watermark _ -> say("obligation.watermark");
        };
    }

    private static String titled(String column, Map<String, String> titles) {
        return titles.getOrDefault(column, column);
    }

    private String titled(List<String> columns, Map<String, String> titles) {
        return list(columns.stream().map(column -> titled(column, titles)).toList());
    }

    private String fields(Obligation.Fields o, Map<String, String> titles) {
        var parts = new StringJoiner(chinese() ? "；" : "; ");
        if (!o.drop().isEmpty()) {
            parts.add(say("obligation.fields.drop", titled(o.drop(), titles)));
        }
        if (!o.mask().isEmpty()) {
            parts.add(say("obligation.fields.mask", titled(o.mask(), titles)));
        }
        if (!o.generalise().isEmpty()) {
            parts.add(say("obligation.fields.generalise", titled(o.generalise(), titles)));
        }
        return parts.toString();
    }

    String list(List<String> items) {
        return String.join(chinese() ? "、" : ", ", items);
    }

    /** With thousands separated and at most the given fraction digits, none of them padded. */
    String number(double value, int maxFractionDigits) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(maxFractionDigits);
        return format.format(value);
    }

    /** A protected figure: no more digits after the point than it can bear. */
    String figure(double value) {
        double size = Math.abs(value);
        return number(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
    }

    String number(long value) {
        return number((double) value, 0);
    }

    /** To the second, in the console's zone. */
    String time(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(zone)
                .format(time);
    }

    /** The hour and minute of today. */
    String clock(Instant time) {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone).format(time);
    }

    /** A day without its year, as a person says it. */
    String day(Instant time) {
        return DateTimeFormatter.ofPattern(pick("M月d日 HH:mm", "d MMMM, HH:mm"), language.locale())
                .withZone(zone)
                .format(time);
    }

    String date(Instant time) {
        return DateTimeFormatter.ofPattern(pick("yyyy年M月d日", "d MMMM yyyy"), language.locale())
                .withZone(zone)
                .format(time);
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern(pick("yyyy年M月", "MMMM yyyy"), language.locale())
                .format(month);
    }

    YearMonth monthOf(Instant time) {
        return YearMonth.from(time.atZone(zone));
    }

    String zone(Instant time) {
        return "UTC" + zone.getRules().getOffset(time).getId().replace("Z", "+00:00");
    }
}
