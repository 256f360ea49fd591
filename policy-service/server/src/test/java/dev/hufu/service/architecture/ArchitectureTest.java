package dev.hufu.service.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the package table of the architecture: who may use whom, and that every package is in it. */
class ArchitectureTest {
    private static final String ROOT = "dev.hufu.service";

    /** Package → packages it may use. Features that are met from outside list what their API types need. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("request", Set.of()),
            Map.entry("keys", Set.of()),
            Map.entry("audit", Set.of("keys")),
            Map.entry("registers", Set.of("audit")),
            Map.entry("facts", Set.of("registers")),
            Map.entry("gate", Set.of("request", "facts")),
            Map.entry("analytics", Set.of("request", "gate", "registers", "audit", "keys")),
            Map.entry("release", Set.of("request", "gate", "analytics", "registers", "audit")),
            Map.entry("sample", Set.of("analytics", "registers", "keys")),
            Map.entry("notices", Set.of("gate", "facts", "registers", "audit", "keys")),
            Map.entry("identity", Set.of("request", "audit", "keys")),
            Map.entry(
                    "web",
                    Set.of(
                            "request",
                            "gate",
                            "facts",
                            "registers",
                            "analytics",
                            "release",
                            "audit",
                            "notices",
                            "identity")),
            Map.entry("cli", Set.of()),
            Map.entry(
                    "config",
                    Set.of(
                            "request",
                            "keys",
                            "audit",
                            "registers",
                            "facts",
                            "gate",
                            "analytics",
                            "release",
                            "sample",
                            "notices",
                            "identity",
                            "web",
                            "cli")));

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hufu");

    @Test
    void packages_all_areInTheTable() {
        Set<String> found = SERVER.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> !p.equals(ROOT))
                .map(ArchitectureTest::feature)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.keySet()).containsAll(found);
    }

    @Test
    void packages_dependencies_areThoseOfTheTable() {
        for (Map.Entry<String, Set<String>> row : MAY_USE.entrySet()) {
            String from = row.getKey();
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + from + "..")
                    .should()
                    .dependOnClassesThat(outside(from, row.getValue()))
                    .allowEmptyShould(true)
                    .because("the package table of the architecture says so")
                    .check(SERVER);
        }
    }

    @Test
    void packages_cycles_doNotExist() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void libraries_eachOther_areUnknown() {
        Map<String, String> libraries = Map.of(
                "dev.hufu.auditlog..", "audit-log", "dev.hufu.anonymizer..", "anonymizer", "dev.hufu.rego..", "rego");
        for (String library : libraries.keySet()) {
            String[] others =
                    libraries.keySet().stream().filter(o -> !o.equals(library)).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(library)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + "..", "org.springframework..")
                    .check(ALL);
        }
    }

    @Test
    void time_and_randomness_areInjected() {
        ArchRule clock = noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class);
        clock.check(ALL);
    }

    @Test
    void names_ofNothingInParticular_areNotUsed() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Manager|Helper|Impl)")
                .check(ALL);
    }

    @Test
    void packages_all_areNullMarked() {
        Set<String> unmarked = ALL.stream()
                .map(JavaClass::getPackage)
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(p -> p.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    private static String feature(String packageName) {
        String rest = packageName.substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static DescribedPredicate<JavaClass> outside(String from, Set<String> allowed) {
        return DescribedPredicate.describe(
                "in another feature than " + from + " and " + allowed,
                c -> c.getPackageName().startsWith(ROOT + ".")
                        && !feature(c.getPackageName()).equals(from)
                        && !allowed.contains(feature(c.getPackageName())));
    }
}
