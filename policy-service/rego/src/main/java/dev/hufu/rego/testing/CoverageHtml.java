package dev.hufu.rego.testing;

import dev.hufu.rego.Coverage;
import dev.hufu.rego.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Coverage as one page without scripts: each module's text, rows coloured and marked with a sign. */
public final class CoverageHtml {
    private static final String STYLE = """
            body { font-family: system-ui, sans-serif; margin: 2rem; color: #1d2329; background: #fff }
            table { border-collapse: collapse } td, th { padding: .2rem .8rem; text-align: left }
            pre { border: 1px solid #d5dae0; padding: .5rem 0; overflow-x: auto }
            pre span { display: block; padding: 0 .8rem; white-space: pre }
            .hit { background: #e3f4e8 } .miss { background: #fde6e4 } .row { color: #667 }
            """;

    private CoverageHtml() {}

    public static String of(Coverage coverage, List<Source> sources) {
        StringBuilder out =
                new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<title>Coverage</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        out.append("<h1>Coverage ").append(percent(coverage.percent())).append("</h1>\n");
        out.append("<table>\n<tr><th>module</th><th>rows</th><th>not covered</th></tr>\n");
        List<Coverage.Rows> all = coverage.rows();
        for (Coverage.Rows rows : all) {
            String file = JunitXml.escape(rows.file());
            out.append("<tr><td><a href=\"#").append(file).append("\">").append(file);
            out.append("</a></td><td>").append(percent(rows.percent()));
            out.append("</td><td>").append(rows.notCovered().size()).append("</td></tr>\n");
        }
        out.append("</table>\n");
        for (Coverage.Rows rows : all) {
            sources.stream()
                    .filter(source -> source.file().equals(rows.file()))
                    .findFirst()
                    .ifPresent(source -> module(out, source, rows));
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }

    private static void module(StringBuilder out, Source source, Coverage.Rows rows) {
        Set<Integer> hit = new HashSet<>(rows.covered());
        Set<Integer> miss = new HashSet<>(rows.notCovered());
        String file = JunitXml.escape(source.file());
        out.append("<h2 id=\"").append(file).append("\">").append(file).append("</h2>\n<pre>");
        String[] lines = source.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int row = i + 1;
            String kind = hit.contains(row) ? "hit" : miss.contains(row) ? "miss" : "none";
            char sign = hit.contains(row) ? '+' : miss.contains(row) ? '-' : ' ';
            out.append("<span class=\"").append(kind).append("\"><b class=\"row\">");
            out.append(String.format(Locale.ROOT, "%5d %s ", row, sign)).append("</b>");
            out.append(text(lines[i])).append("</span>");
        }
        out.append("</pre>\n");
    }

    private static String text(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
