package dev.hufu.service.registers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The registers' first content, read from the policy files: {@code vocabulary/*.yaml} and {@code facts/**.yaml}, whose folders are
 * keys. Checked as a whole: either all of it holds or {@link #read} tells all that is wrong.
 */
public record RegisterFiles(List<Term> terms, List<RegisterRecord> records, List<RegisteredDataset> datasets) {
    public RegisterFiles {
        terms = List.copyOf(terms);
        records = List.copyOf(records);
        datasets = List.copyOf(datasets);
    }

    /**
     * @param files text of each policy file by its path with {@code /}, other files than those named above are passed over
     * @throws RegisterException naming file, line and column of each problem
     */
    public static RegisterFiles read(SortedMap<String, String> files) {
        return new Reading().read(files);
    }

    /** One dataset's row as it would stand in {@code facts/datasets/NAME.yaml}, checked against the given vocabulary. */
    public static RegisteredDataset readDataset(String file, String text, List<Term> vocabulary) {
        Reading reading = new Reading();
        vocabulary.forEach(term -> reading.name(term.kind().wire(), term.id(), "the vocabulary"));
        Yaml tree = Yaml.read(file, text);
        reading.check(file, file, tree, Shapes.datasets());
        reading.done();
        List<RegisteredDataset> datasets = reading.datasets(file, (Yaml.Mapping) tree);
        reading.done();
        if (datasets.size() != 1) {
            throw new RegisterException(List.of(new RegisterException.Problem(file, 1, 1, "one dataset a file")));
        }
        return datasets.getFirst();
    }

    /** A part of a file: the records or terms under one key. */
    private record Part(String file, String key, Yaml.Mapping content) {}

    private static final class Reading {
        private final List<RegisterException.Problem> problems = new ArrayList<>();
        private final Map<String, Map<String, String>> names = new LinkedHashMap<>();

        RegisterFiles read(SortedMap<String, String> files) {
            List<Part> vocabulary = parts(files, "vocabulary/");
            List<Part> facts = parts(files, "facts/");
            done();
            vocabulary.forEach(this::names);
            facts.forEach(this::names);
            List<Term> terms = new ArrayList<>();
            for (Part part : vocabulary) {
                Optional<VocabularyKind> kind = VocabularyKind.ofWire(part.key());
                if (kind.isEmpty()) {
                    unknown(part);
                    continue;
                }
                check(part.file(), part.key(), part.content(), Shapes.of(kind.get()));
                part.content().members().forEach((id, value) -> terms.add(term(kind.get(), id, value.toJson())));
            }
            List<RegisterRecord> records = new ArrayList<>();
            List<Part> datasetParts = new ArrayList<>();
            for (Part part : facts) {
                Optional<Register> register = Register.ofWire(part.key());
                if (part.key().equals("datasets")) {
                    check(part.file(), part.key(), part.content(), Shapes.datasets());
                    datasetParts.add(part);
                } else if (register.isPresent()) {
                    check(part.file(), part.key(), part.content(), Shapes.of(register.get()));
                    part.content()
                            .members()
                            .forEach(
                                    (id, value) -> records.add(new RegisterRecord(register.get(), id, value.toJson())));
                } else {
                    unknown(part);
                }
            }
            done();
            List<RegisteredDataset> datasets = new ArrayList<>();
            datasetParts.forEach(part -> datasets.addAll(datasets(part.file(), part.content())));
            done();
            return new RegisterFiles(terms, records, datasets);
        }

        /** Folders under the root are keys; in the root the file's own first level is. */
        private List<Part> parts(SortedMap<String, String> files, String root) {
            List<Part> parts = new ArrayList<>();
            files.tailMap(root).forEach((path, text) -> {
                if (!path.startsWith(root) || !path.endsWith(".yaml")) {
                    return;
                }
                String inner = path.substring(root.length());
                int slash = inner.indexOf('/');
                try {
                    Yaml tree = Yaml.read(path, text);
                    if (!(tree instanceof Yaml.Mapping mapping)) {
                        problem(path, tree.place(), "the file has members by name");
                    } else if (slash > 0) {
                        parts.add(new Part(path, inner.substring(0, slash), mapping));
                    } else {
                        mapping.members().forEach((key, value) -> {
                            if (value instanceof Yaml.Mapping content) {
                                parts.add(new Part(path, key, content));
                            } else {
                                problem(path, value.place(), key + " has members by name");
                            }
                        });
                    }
                } catch (RegisterException malformed) {
                    problems.addAll(malformed.problems());
                }
            });
            return parts;
        }

        private void names(Part part) {
            part.content().members().keySet().forEach(id -> {
                String other = name(part.key(), id, part.file());
                if (!other.isEmpty()) {
                    problem(
                            part.file(),
                            part.content()
                                    .keys()
                                    .getOrDefault(id, part.content().place()),
                            part.key() + "." + id + " stands in " + other + " already");
                }
            });
        }

        private String name(String list, String id, String file) {
            String before = names.computeIfAbsent(list, _ -> new TreeMap<>()).put(id, file);
            return before == null ? "" : before;
        }

        void check(String file, String path, Yaml value, Shape shape) {
            new Shape.Check(
                            file,
                            name -> names.getOrDefault(name.list(), Map.of()).containsKey(name.value()),
                            problems)
                    .value(path, value, shape);
        }

        List<RegisteredDataset> datasets(String file, Yaml.Mapping content) {
            List<RegisteredDataset> datasets = new ArrayList<>();
            content.members().forEach((name, row) -> {
                try {
                    datasets.add(dataset(name, row.toJson()));
                } catch (IllegalArgumentException wrong) {
                    problem(
                            file,
                            content.keys().getOrDefault(name, content.place()),
                            wrong.getMessage() == null ? "not a dataset" : wrong.getMessage());
                }
            });
            return datasets;
        }

        private void unknown(Part part) {
            problem(part.file(), part.content().place(), "no register or vocabulary is named " + part.key());
        }

        private void problem(String file, Yaml.Place place, String message) {
            problems.add(new RegisterException.Problem(file, place.line(), place.column(), message));
        }

        void done() {
            if (!problems.isEmpty()) {
                throw new RegisterException(problems);
            }
        }
    }

    private static Term term(VocabularyKind kind, String id, JsonNode body) {
        // A title that does not fit is told by the check of shapes; what is built here is thrown away then.
        return new Term(kind, id, new Title(textOr(body, "zh"), textOr(body, "en")), body);
    }

    private static String textOr(JsonNode body, String name) {
        String text = body.path(name).asString("");
        return text.isBlank() ? "?" : text;
    }

    private static RegisteredDataset dataset(String name, JsonNode row) {
        List<DatasetColumn> columns = new ArrayList<>();
        row.path("columns").properties().forEach(e -> columns.add(column(e.getKey(), e.getValue())));
        JsonNode size = row.path("minGroupSize");
        return new RegisteredDataset(
                name,
                title(row.path("title")),
                row.path("grade").stringValue(),
                row.path("population").stringValue(),
                text(row, "scopeColumn"),
                size.isInt() ? OptionalInt.of(size.intValue()) : OptionalInt.empty(),
                columns);
    }

    private static DatasetColumn column(String name, JsonNode column) {
        ColumnRole role = ColumnRole.ofWire(column.path("role").stringValue()).orElseThrow();
        Optional<Measurement> measurement = Optional.empty();
        if (role == ColumnRole.MEASURE) {
            for (String needed : List.of("kind", "lower", "upper")) {
                if (column.path(needed).isMissingNode()) {
                    throw new IllegalArgumentException("the measure " + name + " lacks " + needed);
                }
            }
            measurement = Optional.of(new Measurement(
                    Measurement.Kind.ofWire(column.path("kind").stringValue()).orElseThrow(),
                    column.path("lower").doubleValue(),
                    column.path("upper").doubleValue(),
                    column.path("step").asDouble(0),
                    Measurement.Coverage.ofWire(column.path("coverage").asString("everybody"))
                            .orElseThrow()));
        }
        return new DatasetColumn(name, text(column, "class"), text(column, "grade"), role, measurement, title(column));
    }

    private static Title title(JsonNode node) {
        return new Title(node.path("zh").stringValue(), node.path("en").stringValue());
    }

    private static Optional<String> text(JsonNode node, String name) {
        JsonNode member = node.path(name);
        return member.isString() ? Optional.of(member.stringValue()) : Optional.empty();
    }
}
