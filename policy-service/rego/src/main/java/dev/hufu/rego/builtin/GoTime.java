package dev.hufu.rego.builtin;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Go's time layouts, which are written as the instant Mon Jan 2 15:04:05 MST 2006 would be. */
final class GoTime {
    private static final Map<String, String> NAMED = Map.of(
            "ANSIC", "Mon Jan _2 15:04:05 2006",
            "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
            "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
            "RFC822", "02 Jan 06 15:04 MST",
            "RFC822Z", "02 Jan 06 15:04 -0700",
            "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
            "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
            "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
            "RFC3339", "2006-01-02T15:04:05Z07:00",
            "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");
    /** Longest first where one begins another. */
    private static final List<String> PIECES = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "002",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "15",
            "PM",
            "pm",
            "__2",
            "_2",
            "1",
            "2",
            "3",
            "4",
            "5");

    /** What finding and writing a piece takes, in units of {@link Context#spend}. */
    private static final int PIECE = 32;

    private final String layout;
    private final List<String> pieces = new ArrayList<>();

    private GoTime(String layout) {
        this.layout = NAMED.getOrDefault(layout, layout);
    }

    static GoTime of(Context context, String layout) {
        GoTime time = new GoTime(layout);
        time.split(context);
        return time;
    }

    /** Pieces that mean something stand with a leading zero byte. */
    private void split(Context context) {
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            context.spend(PIECE);
            String piece = pieceAt(at);
            if (piece.isEmpty()) {
                literal.append(layout.charAt(at++));
                continue;
            }
            if (!literal.isEmpty()) {
                pieces.add(literal.toString());
                literal.setLength(0);
            }
            pieces.add('\0' + piece);
            at += piece.length();
        }
        if (!literal.isEmpty()) {
            pieces.add(literal.toString());
        }
    }

    private String pieceAt(int at) {
        char c = layout.charAt(at);
        if ((c == '.' || c == ',') && at + 1 < layout.length()) {
            char digit = layout.charAt(at + 1);
            int end = at + 1;
            while (end < layout.length() && layout.charAt(end) == digit) {
                end++;
            }
            boolean fraction = (digit == '0' || digit == '9')
                    && (end == layout.length() || !Character.isDigit(layout.charAt(end)));
            if (fraction) {
                return layout.substring(at, end);
            }
        }
        for (String piece : PIECES) {
            if (layout.startsWith(piece, at)) {
                return piece;
            }
        }
        return "";
    }

    String format(ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        for (String piece : pieces) {
            if (piece.charAt(0) == '\0') {
                out.append(format(piece.substring(1), time));
            } else {
                out.append(piece);
            }
        }
        return out.toString();
    }

    private static String format(String piece, ZonedDateTime time) {
        return switch (piece) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "MST" -> zoneName(time);
            case "2006" -> "%04d".formatted(time.getYear());
            case "06" -> "%02d".formatted(Math.floorMod(time.getYear(), 100));
            case "01" -> "%02d".formatted(time.getMonthValue());
            case "1" -> Integer.toString(time.getMonthValue());
            case "02" -> "%02d".formatted(time.getDayOfMonth());
            case "_2" -> "%2d".formatted(time.getDayOfMonth());
            case "2" -> Integer.toString(time.getDayOfMonth());
            case "002" -> "%03d".formatted(time.getDayOfYear());
            case "__2" -> "%3d".formatted(time.getDayOfYear());
            case "15" -> "%02d".formatted(time.getHour());
            case "03" -> "%02d".formatted(hour12(time));
            case "3" -> Integer.toString(hour12(time));
            case "04" -> "%02d".formatted(time.getMinute());
            case "4" -> Integer.toString(time.getMinute());
            case "05" -> "%02d".formatted(time.getSecond());
            case "5" -> Integer.toString(time.getSecond());
            case "PM" -> time.getHour() < 12 ? "AM" : "PM";
            case "pm" -> time.getHour() < 12 ? "am" : "pm";
            default ->
                piece.startsWith("Z") || piece.startsWith("-")
                        ? offset(piece, time.getOffset())
                        : fraction(piece, time);
        };
    }

    private static int hour12(ZonedDateTime time) {
        return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    }

    private static String zoneName(ZonedDateTime time) {
        if (time.getOffset().getTotalSeconds() == 0) {
            return "UTC";
        }
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
    }

    private static String offset(String piece, ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        if (piece.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        int total = Math.abs(seconds);
        String colon = piece.contains(":") ? ":" : "";
        StringBuilder out = new StringBuilder(seconds < 0 ? "-" : "+").append("%02d".formatted(total / 3600));
        String digits = piece.substring(1).replace(":", "");
        if (digits.length() >= 4) {
            out.append(colon).append("%02d".formatted(total / 60 % 60));
        }
        if (digits.length() >= 6) {
            out.append(colon).append("%02d".formatted(total % 60));
        }
        return out.toString();
    }

    private static String fraction(String piece, ZonedDateTime time) {
        String digits = "%09d".formatted(time.getNano()).substring(0, Math.min(9, piece.length() - 1));
        if (piece.charAt(1) == '0') {
            return piece.charAt(0) + digits;
        }
        String trimmed = digits.replaceAll("0+$", "");
        return trimmed.isEmpty() ? "" : piece.charAt(0) + trimmed;
    }

    /** What a text says; a piece that the layout lacks is as in year 0, January 1, midnight, UTC. */
    OffsetDateTime parse(String text) {
        Reader reader = new Reader(text);
        try {
            for (String piece : pieces) {
                if (piece.charAt(0) == '\0') {
                    reader.piece(piece.substring(1));
                } else {
                    reader.literal(piece);
                }
            }
            return reader.end();
        } catch (DateTimeException | StringIndexOutOfBoundsException malformed) {
            throw BuiltinException.failed("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse");
        }
    }

    private static final class Reader {
        private final String text;
        private int at;
        private int year;
        private int month = 1;
        private int day = 1;
        private int yearDay;
        private int hour;
        private int minute;
        private int second;
        private int nano;
        private boolean afternoon;
        private boolean half;
        private ZoneOffset offset = ZoneOffset.UTC;

        Reader(String text) {
            this.text = text;
        }

        private DateTimeException bad() {
            return new DateTimeException("at " + at);
        }

        void literal(String wanted) {
            if (!text.startsWith(wanted, at)) {
                throw bad();
            }
            at += wanted.length();
        }

        private int number(int least, int most) {
            int from = at;
            while (at < text.length() && at - from < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at - from < least) {
                throw bad();
            }
            return Integer.parseInt(text.substring(from, at));
        }

        private int padded(int most) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return number(1, most);
        }

        void piece(String piece) {
            switch (piece) {
                case "January" -> month = month(TextStyle.FULL);
                case "Jan" -> month = month(TextStyle.SHORT);
                case "Monday" -> weekday(TextStyle.FULL);
                case "Mon" -> weekday(TextStyle.SHORT);
                case "2006" -> year = number(4, 4);
                case "06" -> {
                    int two = number(2, 2);
                    year = two >= 69 ? 1900 + two : 2000 + two;
                }
                case "01" -> month = number(2, 2);
                case "1" -> month = number(1, 2);
                case "02" -> day = number(2, 2);
                case "2" -> day = number(1, 2);
                case "_2" -> day = padded(2);
                case "002" -> yearDay = number(3, 3);
                case "__2" -> yearDay = padded(3);
                case "15" -> hour = number(2, 2);
                case "03" -> hour = number(2, 2);
                case "3" -> hour = number(1, 2);
                case "04" -> minute = number(2, 2);
                case "4" -> minute = number(1, 2);
                case "05" -> seconds(2);
                case "5" -> seconds(1);
                case "PM", "pm" -> half();
                case "MST" -> zone();
                default -> {
                    if (piece.startsWith("Z") || piece.startsWith("-")) {
                        offset(piece);
                    } else {
                        fraction(piece);
                    }
                }
            }
        }

        /** A fraction may follow the seconds though the layout has none. */
        private void seconds(int least) {
            second = number(least, 2);
            boolean dotted = at + 1 < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
            if (dotted && Character.isDigit(text.charAt(at + 1))) {
                nanos();
            }
        }

        private void nanos() {
            at++;
            int from = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            nano = Integer.parseInt((text.substring(from, Math.min(at, from + 9)) + "000000000").substring(0, 9));
        }

        private void fraction(String piece) {
            boolean there = at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
            if (there) {
                nanos();
            } else if (piece.charAt(1) == '0' && nano == 0) {
                throw bad();
            }
        }

        private int month(TextStyle style) {
            for (Month one : Month.values()) {
                String name = one.getDisplayName(style, Locale.ENGLISH);
                if (text.regionMatches(true, at, name, 0, name.length())) {
                    at += name.length();
                    return one.getValue();
                }
            }
            throw bad();
        }

        private void weekday(TextStyle style) {
            for (DayOfWeek one : DayOfWeek.values()) {
                String name = one.getDisplayName(style, Locale.ENGLISH);
                if (text.regionMatches(true, at, name, 0, name.length())) {
                    at += name.length();
                    return;
                }
            }
            throw bad();
        }

        private void half() {
            half = true;
            afternoon = text.regionMatches(true, at, "PM", 0, 2);
            if (!afternoon && !text.regionMatches(true, at, "AM", 0, 2)) {
                throw bad();
            }
            at += 2;
        }

        private void zone() {
            int from = at;
            while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
                at++;
            }
            if (at - from < 3) {
                throw bad();
            }
        }

        private void offset(String piece) {
            if (piece.startsWith("Z") && at < text.length() && text.charAt(at) == 'Z') {
                at++;
                return;
            }
            char sign = text.charAt(at++);
            if (sign != '+' && sign != '-') {
                throw bad();
            }
            int hours = number(2, 2);
            int minutes = 0;
            if (piece.substring(1).replace(":", "").length() >= 4) {
                if (piece.contains(":")) {
                    literal(":");
                }
                minutes = number(2, 2);
            }
            int total = (hours * 60 + minutes) * 60;
            offset = ZoneOffset.ofTotalSeconds(sign == '-' ? -total : total);
        }

        OffsetDateTime end() {
            if (at != text.length()) {
                throw bad();
            }
            int hours = half ? hour % 12 + (afternoon ? 12 : 0) : hour;
            LocalDateTime local = LocalDateTime.of(year, month, day, hours, minute, second, nano);
            return (yearDay > 0 ? local.withDayOfYear(yearDay) : local).atOffset(offset);
        }
    }
}
