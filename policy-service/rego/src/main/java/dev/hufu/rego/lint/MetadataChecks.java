package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Metadata blocks. */
final class MetadataChecks {
    /** What OPA reads of a block. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "scope",
            "title",
            "description",
            "related_resources",
            "authors",
            "organizations",
            "schemas",
            "entrypoint",
            "compile",
            "labels",
            "custom");

    private MetadataChecks() {}

    static void invalidMetadataAttribute(Linted module, Report report) {
        for (MetadataBlock block : module.blocks()) {
            for (Module.Comment line :
                    block.comments().subList(1, block.comments().size())) {
                String attribute = MetadataBlock.attribute(line);
                if (!attribute.isEmpty() && !ATTRIBUTES.contains(attribute)) {
                    report.at(line.row(), line.column());
                }
            }
        }
    }

    static void annotationWithoutMetadata(Linted module, Report report) {
        for (List<Module.Comment> run : MetadataBlock.runs(module.module().comments())) {
            Module.Comment first = run.getFirst();
            boolean above = statements(module).contains(run.getLast().row() + 1);
            if (above && ATTRIBUTES.contains(MetadataBlock.attribute(first))) {
                report.at(first.row(), first.column());
            }
        }
    }

    /** Rows where the package or a rule begins. */
    private static List<Integer> statements(Linted module) {
        List<Integer> rows = new ArrayList<>(List.of(module.module().at().row()));
        module.module().rules().forEach(rule -> rows.add(rule.at().row()));
        return rows;
    }

    static void detachedMetadata(Linted module, Report report) {
        for (MetadataBlock block : module.blocks()) {
            int row = block.lastRow() + 1;
            boolean blank = row <= module.lines().size() && module.line(row).isBlank();
            boolean followed = statements(module).stream().anyMatch(statement -> statement > row);
            if (blank && followed) {
                report.at(block.row(), 1);
            }
        }
    }

    static void ambiguousScope(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            List<MetadataBlock> blocks = rules.stream()
                    .map(rule -> blockOf(module, rule))
                    .flatMap(Optional::stream)
                    .toList();
            long defined = rules.stream().filter(rule -> !rule.isDefault()).count();
            if (defined > 1 && blocks.size() == 1) {
                MetadataBlock only = blocks.getFirst();
                if (only.value("scope").isEmpty() && !only.isEntrypoint()) {
                    report.at(only.row(), 1);
                }
            }
        }
    }

    private static Optional<MetadataBlock> blockOf(Linted module, Rule rule) {
        return module.blocks().stream()
                .filter(block -> block.lastRow() + 1 == rule.at().row())
                .findFirst();
    }

    static void noDefinedEntrypoint(Linted module, Report report) {
        Project project = report.project();
        boolean first = project.modules().getFirst() == module;
        if (project.isWhole() && first && project.modules().stream().noneMatch(MetadataChecks::hasEntrypoint)) {
            report.at(module.module().at());
        }
    }

    private static boolean hasEntrypoint(Linted module) {
        return module.blocks().stream().anyMatch(MetadataBlock::isEntrypoint);
    }

    static void missingMetadata(Linted module, Report report) {
        int pkg = module.module().at().row();
        if (module.blocks().stream().noneMatch(block -> block.lastRow() + 1 == pkg)) {
            report.at(module.module().at());
        }
        for (List<Rule> rules : module.byName().values()) {
            boolean internal = Terms.firstName(rules.getFirst()).startsWith("_");
            if (!internal
                    && !Linted.isTest(rules.getFirst())
                    && rules.stream().allMatch(rule -> blockOf(module, rule).isEmpty())) {
                report.at(rules.getFirst());
            }
        }
    }
}
