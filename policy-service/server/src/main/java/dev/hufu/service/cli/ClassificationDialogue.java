package dev.hufu.service.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks class, grade and role of each column, and writes the register row. For one thread. */
final class ClassificationDialogue {
    private static final List<String> ROLES = List.of("dimension", "measure", "period", "none");

    private final String dataset;
    private final JsonNode proposal;
    private final BufferedReader keyboard;
    private final PrintWriter screen;
    private final List<String> classes;
    private final List<String> grades;
    private int highest;

    /** The proposal's grades stand from the lowest to the highest. */
    ClassificationDialogue(String dataset, JsonNode proposal, BufferedReader keyboard, PrintWriter screen) {
        this.dataset = dataset;
        this.proposal = proposal;
        this.keyboard = keyboard;
        this.screen = screen;
        this.classes = ids(proposal.path("classes"));
        this.grades = ids(proposal.path("grades"));
    }

    private static List<String> ids(JsonNode terms) {
        List<String> ids = new ArrayList<>();
        terms.forEach(term -> ids.add(term.path("id").asString("")));
        return ids;
    }

    /**
     * @return the row as YAML
     * @throws UsageException when the answers end before the questions
     */
    String ask() throws IOException {
        screen.println("Classes: " + String.join(", ", classes));
        screen.println("Grades: " + String.join(", ", grades));
        screen.println("An empty answer takes what stands in brackets; without a class a column stays ungraded.");
        StringBuilder columns = new StringBuilder();
        for (JsonNode column : proposal.path("columns")) {
            columns.append(line(column));
        }
        return dataset + ":\n  title: {zh: " + quoted(dataset) + ", en: " + quoted(dataset) + "}\n  grade: "
                + grades.get(highest) + "\n  population: " + dataset + "\n  columns:\n" + columns;
    }

    private String line(JsonNode column) throws IOException {
        String name = column.path("name").asString("");
        String proposed = column.path("role").asString("none");
        screen.println();
        screen.println(name + " (" + column.path("type").asString("") + ", proposed: " + proposed + ")");
        String dataClass = choose("  class", "", classes);
        String terms = "";
        String role = proposed;
        if (!dataClass.isEmpty()) {
            String grade = choose("  grade", usualGrade(dataClass), grades);
            highest = Math.max(highest, grades.indexOf(grade));
            terms = ", class: " + dataClass + ", grade: " + grade;
            role = proposed.equals("personKey") ? proposed : choose("  role", proposed, ROLES);
        }
        String title = quoted(name);
        return "    " + title + ": {role: " + role + measure(column, role) + terms + ", zh: " + title + ", en: " + title
                + "}\n";
    }

    private String usualGrade(String dataClass) {
        for (JsonNode term : proposal.path("classes")) {
            if (term.path("id").asString("").equals(dataClass)) {
                return term.path("grade").asString(grades.getLast());
            }
        }
        return grades.getLast();
    }

    private String measure(JsonNode column, String role) throws IOException {
        if (!role.equals("measure")) {
            return "";
        }
        double lower = number(
                "  least that one person contributes", column.path("lower").asDouble(0));
        double upper = number(
                "  most that one person contributes", column.path("upper").asDouble(1));
        return String.format(
                Locale.ROOT,
                ", kind: %s, lower: %s, upper: %s, step: 0, coverage: %s",
                choose("  kind", "slow", List.of("slow", "event", "flag")),
                lower,
                upper,
                column.path("coverage").asString("everybody"));
    }

    private double number(String question, double proposed) throws IOException {
        while (true) {
            String answer = answer(question, Double.toString(proposed));
            try {
                double number = Double.parseDouble(answer);
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // asked again below
            }
            screen.println("  That is no number.");
        }
    }

    private String choose(String question, String proposed, List<String> choices) throws IOException {
        while (true) {
            String answer = answer(question, proposed);
            if (answer.equals(proposed) || choices.contains(answer)) {
                return answer;
            }
            screen.println("  Choose one of: " + String.join(", ", choices));
        }
    }

    private String answer(String question, String proposed) throws IOException {
        screen.print(question + " [" + proposed + "]: ");
        screen.flush();
        String line = keyboard.readLine();
        if (line == null) {
            throw new UsageException("the answers end before the questions; nothing was imported");
        }
        return line.isBlank() ? proposed : line.strip();
    }

    /** A JSON string is a YAML string. */
    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
