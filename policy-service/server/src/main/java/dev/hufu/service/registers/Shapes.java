package dev.hufu.service.registers;

import static dev.hufu.service.registers.Shape.members;
import static dev.hufu.service.registers.Shape.refs;
import static dev.hufu.service.registers.Shape.title;
import static dev.hufu.service.registers.Shape.valid;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What each register and each list of the vocabulary holds. */
final class Shapes {
    private static final Shape ANY = new Shape.Any();
    private static final Shape FLAG = new Shape.Flag();
    private static final Shape ID =
            new Shape.Form(Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}"), "letters, digits and -, at most 64");
    private static final Shape CURIE = new Shape.Form(
            Pattern.compile("[a-z][a-z0-9-]{0,31}:[A-Za-z][A-Za-z0-9-]{0,94}"), "a CURIE such as dpv:PersonnelPayment");
    private static final Shape WORD =
            new Shape.Form(Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}"), "letters and digits, at most 64");

    private Shapes() {}

    /** Shape of a list's members by id. */
    static Shape.MapOf of(VocabularyKind kind) {
        return switch (kind) {
            case PURPOSES ->
                new Shape.MapOf(CURIE, title().maybe("parent", CURIE).maybe("monitoring", FLAG));
            case DATA_CLASSES ->
                new Shape.MapOf(
                        WORD, title().and("grade", new Shape.Ref("grades")).and("sensitive", FLAG));
            case GRADES ->
                new Shape.MapOf(
                        WORD,
                        title().and("rank", new Shape.Range(1, 9, true))
                                .and("gbt43697", new Shape.OneOf(List.of("general", "important", "core"))));
            case LEGAL_BASES ->
                new Shape.MapOf(
                        new Shape.Form(Pattern.compile("13-1-[1-7]"), "13-1-1 to 13-1-7"),
                        title().and("text", title()));
            case ACTIONS ->
                new Shape.MapOf(
                        WORD,
                        title().and(
                                        "stage",
                                        new Shape.OneOf(List.of(
                                                "collection",
                                                "transmission",
                                                "storage",
                                                "processing",
                                                "exchange",
                                                "destruction"))));
            case RECIPIENT_KINDS, ROLES -> new Shape.MapOf(WORD, title());
        };
    }

    /** Shape of a register's records by id. */
    static Shape.MapOf of(Register register) {
        return switch (register) {
            case NOTICES -> new Shape.MapOf(ID, notice());
            case ACTIVITIES -> new Shape.MapOf(new Shape.Ref("purposes"), activity());
            case RULEBOOKS -> new Shape.MapOf(ID, instrument("discussion", "consultation", "publication"));
            case COLLECTIVE_CONTRACTS -> new Shape.MapOf(ID, instrument("approval", "signature", "filing"));
            case PIPIAS ->
                new Shape.MapOf(
                        ID,
                        valid().and("title", title())
                                .and("purposes", refs("purposes"))
                                .and("classes", refs("dataClasses")));
            case CONSENTS -> new Shape.MapOf(new Shape.Ref("purposes"), consent());
            case CONTRACTS -> new Shape.MapOf(ID, contract());
            case EXPORT_PATHS -> new Shape.MapOf(new Shape.Ref("contracts"), exportPath());
            case FOREIGN_APPROVALS ->
                new Shape.MapOf(ID, valid().and("reference", ANY).and("purposes", refs("purposes")));
            case EMERGENCIES -> new Shape.MapOf(ID, valid().and("title", title()));
            case SWITCHES ->
                new Shape.MapOf(
                        new Shape.OneOf(List.of("hrManagementNeeds", "separateConsentWaived")),
                        title().and("value", new Shape.OneOf(List.of("both", "either", "yes", "no")))
                                .and("article", ANY)
                                .and("setBy", new Shape.Ref("roles"))
                                .and("reason", title()));
        };
    }

    /** Shape of a dataset's row, columns included. */
    static Shape.MapOf datasets() {
        Shape column = title().maybe("class", new Shape.Ref("dataClasses"))
                .maybe("grade", new Shape.Ref("grades"))
                .and("role", new Shape.OneOf(wires()))
                .maybe("kind", new Shape.OneOf(List.of("slow", "event", "flag")))
                .maybe("lower", new Shape.Range(-1e12, 1e12, false))
                .maybe("upper", new Shape.Range(-1e12, 1e12, false))
                .maybe("step", new Shape.Range(0, 1e12, false))
                .maybe("coverage", new Shape.OneOf(List.of("everybody", "some")));
        Shape name = new Shape.Form(Pattern.compile("[a-z][a-z0-9_]{0,62}"), "1 to 63 characters of a-z 0-9 _");
        return new Shape.MapOf(
                name,
                members()
                        .and("title", title())
                        .and("grade", new Shape.Ref("grades"))
                        .and("population", name)
                        .maybe("scopeColumn", ANY)
                        .maybe("minGroupSize", new Shape.Range(2, 10_000, true))
                        .and("columns", new Shape.MapOf(ANY, column)));
    }

    private static List<String> wires() {
        return Arrays.stream(ColumnRole.values()).map(ColumnRole::wire).toList();
    }

    private static Shape notice() {
        Shape statement = members()
                .and("methods", refs("actions"))
                .and("classes", refs("dataClasses"))
                .and("retentionMonths", new Shape.Range(1, 1_200, true))
                .maybe("sensitive", members().and("necessity", title()).and("impact", title()));
        return valid().and("notice", ID)
                .and("version", new Shape.Range(1, 10_000, true))
                .and("title", title())
                .and("handler", title().and("contact", ANY))
                .and("rights", title())
                .and("purposes", new Shape.MapOf(new Shape.Ref("purposes"), statement));
    }

    private static Shape activity() {
        Shape ground = members()
                .maybe("limb", new Shape.OneOf(List.of("hrManagement", "contract")))
                .maybe("rulebook", new Shape.Ref("rulebooks"))
                .maybe("collectiveContract", new Shape.Ref("collectiveContracts"))
                .maybe("clause", title())
                .maybe("statute", title())
                .maybe("emergency", new Shape.Ref("emergencies"));
        return valid().and("id", ID)
                .and("title", title())
                .and("owner", new Shape.Ref("roles"))
                .and("actions", new Shape.MapOf(new Shape.Ref("actions"), refs("roles")))
                .and("classes", refs("dataClasses"))
                .and("legalBases", new Shape.MapOf(new Shape.Ref("legalBases"), ground))
                .maybe("sensitive", members().and("necessity", title()).and("measures", new Shape.ListOf(WORD, false)))
                .maybe("pipia", new Shape.Ref("pipias"))
                .maybe("rows", members().and("roles", refs("roles")).and("need", title()))
                .maybe("importantData", ANY)
                .maybe("proportionality", title())
                .maybe(
                        "automated",
                        members()
                                .and("logicVersion", ANY)
                                .and("explanation", title())
                                .and("review", title()));
    }

    private static Shape instrument(String... evidence) {
        Shape.Members pieces = members();
        for (String piece : evidence) {
            pieces = pieces.maybe(piece, title().and("date", new Shape.Day()).and("reference", ANY));
        }
        return valid().and("title", title()).and("evidence", pieces);
    }

    private static Shape consent() {
        return valid().and("title", title())
                .and(
                        "textHash",
                        new Shape.Form(Pattern.compile("sha256:[0-9a-f]{64}"), "sha256: and 64 hexadecimal digits"))
                .maybe("withdrawal", title())
                .and("separate", FLAG)
                .and("datasets", new Shape.ListOf(ANY, false))
                .and("methods", refs("actions"))
                .and("classes", refs("dataClasses"));
    }

    private static Shape contract() {
        return valid().and("kind", new Shape.Ref("recipientKinds"))
                .and("party", title())
                .and("purposes", refs("purposes"))
                .and("classes", refs("dataClasses"))
                .and("terms", new Shape.ListOf(WORD, true))
                .and("told", FLAG)
                .and("separateConsent", FLAG);
    }

    private static Shape exportPath() {
        return valid().and(
                        "kind",
                        new Shape.OneOf(List.of(
                                "securityAssessment",
                                "certification",
                                "standardContract",
                                "smallVolumeExemption",
                                "hrExemption")))
                .and("reference", ANY)
                .and(
                        "regions",
                        new Shape.ListOf(new Shape.Form(Pattern.compile("[A-Z]{2}"), "a region of two letters"), false))
                .and("purposes", refs("purposes"))
                .and("classes", refs("dataClasses"))
                .and("told", FLAG)
                .and("separateConsent", FLAG)
                .maybe("rulebook", new Shape.Ref("rulebooks"))
                .maybe("collectiveContract", new Shape.Ref("collectiveContracts"));
    }
}
