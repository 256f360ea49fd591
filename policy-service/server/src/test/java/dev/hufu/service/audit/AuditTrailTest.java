package dev.hufu.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.receipt.Commitment;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.LogFiles;
import dev.hufu.service.config.HufuProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@HufuServerTest
class AuditTrailTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private AuditTrail trail;

    @Autowired
    private HufuProperties properties;

    private static Entry query(Actor actor, Cohort cohort) {
        return Entry.of(EntryType.DECISION_PERMIT, "query", "permit")
                .withStage(Stage.PROCESSING)
                .withData("pay", List.of("monthly_pay", "org_unit"), "dpv:PersonnelPayment", "13-1-2")
                .withDecision(
                        List.of("purpose.limitation"),
                        List.of(JSON.readTree("{\"type\":\"minGroupSize\",\"value\":20}")),
                        new PolicyReference("bundle-1", "cn-1", "00ff"))
                .withActor(actor)
                .withCohort(cohort);
    }

    private static Actor actor(String account) {
        return new Actor(
                account, List.of("analyst"), Optional.of("Total Rewards"), Map.of("justification", "because of 张三"));
    }

    @Test
    void append_query_givesAReceiptThatVerifiesWithItsAnswer() {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("rows").addArray().add("销售").add(12_300);
        byte[] salt = new byte[32];
        salt[0] = 9;
        var commitment = Commitment.of(salt, answer);
        Receipt receipt =
                trail.append(query(actor("someone"), new Cohort(Cohort.Kind.STATISTICS, RoaringBitmap.bitmapOf(1, 2)))
                        .withCommitment(commitment));
        assertThat(receipt.commitment()).hasValue(commitment);
        answer.put("salt", HexFormat.of().formatHex(salt)).set("receipt", receipt.json());
        assertThat(new ReceiptVerifier(Optional.empty()).verify(CanonicalJson.bytes(answer)))
                .isInstanceOfSatisfying(
                        Verdict.Holds.class,
                        holds -> assertThat(holds.resultChecked()).isTrue());
    }

    @Test
    void receipt_ofAnother_isOnlyForAuditors() throws InterruptedException {
        Receipt receipt =
                trail.append(Entry.of(EntryType.SIGN_IN, "signIn", "done").withActor(Actor.of("me")));
        assertThat(trail.receipt(receipt.id(), "me", false)).isPresent();
        assertThat(trail.receipt(receipt.id(), "other", false)).isEmpty();
        assertThat(trail.receipt(receipt.id(), "other", true)).isPresent();
        assertThat(trail.receipt("nothing", "me", true)).isEmpty();
        assertThat(trail.receipt("nothing.1", "me", true)).isEmpty();
        String level = "D1";
        for (int tries = 0; tries < 1000 && level.equals("D1"); tries++) {
            Thread.sleep(20);
            level = trail.receipt(receipt.id(), "me", false).orElseThrow().level();
        }
        assertThat(level).isEqualTo("D2");
    }

    @Test
    void entriesAbout_subject_tellsUseAndRoleButNeverWhoNorWhy() {
        int subject = 1_000_003;
        RoaringBitmap group = RoaringBitmap.bitmapOf(subject);
        group.add(2_000_000L, 2_000_033L);
        Receipt statistics = trail.append(query(actor("someone"), new Cohort(Cohort.Kind.STATISTICS, group)));
        Receipt individual = trail.append(
                query(actor("someone"), new Cohort(Cohort.Kind.INDIVIDUAL, RoaringBitmap.bitmapOf(subject))));
        trail.append(query(actor("someone"), new Cohort(Cohort.Kind.STATISTICS, RoaringBitmap.bitmapOf(7))));
        Instant since = Instant.now().minus(Duration.ofHours(1));
        List<Usage> usages = trail.entriesAbout(subject, since, 100);
        assertThat(usages).extracting(Usage::entryId).containsExactly(individual.id(), statistics.id());
        Usage use = usages.getLast();
        assertThat(use.roles()).containsExactly("analyst");
        assertThat(use.unit()).hasValue("Total Rewards");
        assertThat(use.purpose()).hasValue("dpv:PersonnelPayment");
        assertThat(use.fields()).containsExactly("monthly_pay", "org_unit");
        assertThat(use.kind()).isEqualTo(Cohort.Kind.STATISTICS);
        assertThat(use.persons()).isEqualTo(30);
        assertThat(usages.getFirst().kind()).isEqualTo(Cohort.Kind.INDIVIDUAL);
        assertThat(use.toString()).doesNotContain("someone", "because");
        assertThat(trail.entriesAbout(subject, Instant.now().plusSeconds(60), 100))
                .isEmpty();
    }

    @Test
    void entriesAbout_manyOfOneKind_hideNoneOfAnother() {
        int subject = 77_777;
        Instant since = Instant.now().minus(Duration.ofHours(1));
        Receipt named = trail.append(
                query(actor("someone"), new Cohort(Cohort.Kind.INDIVIDUAL, RoaringBitmap.bitmapOf(subject))));
        for (int i = 0; i < 4; i++) {
            trail.append(query(actor("someone"), new Cohort(Cohort.Kind.DATASET, RoaringBitmap.bitmapOf(subject, 1))));
        }
        assertThat(trail.entriesAbout(subject, since, 2))
                .hasSize(3)
                .extracting(Usage::entryId)
                .contains(named.id());
    }

    @Test
    void append_aRosterOfActors_leavesNoneOfThemInTheLogsFiles() throws IOException {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String account = "account-" + UUID.randomUUID();
            String name = "姓名" + i + " Name" + UUID.randomUUID();
            String id = "E9%05d".formatted(i);
            words.addAll(List.of(account, name, id));
            var person = new Actor(
                    account, List.of("analyst"), Optional.of("Unit" + name), Map.of("justification", name, "sql", id));
            trail.append(query(person, new Cohort(Cohort.Kind.INDIVIDUAL, RoaringBitmap.bitmapOf(3_000_000 + i))));
        }
        words.addAll(List.of("Total Rewards", "someone")); // role names stand in register entries
        Map<Path, String> contents = LogFiles.read(properties.dataDir());
        assertThat(contents).isNotEmpty();
        contents.forEach(
                (file, content) -> assertThat(words).as(file.toString()).noneMatch(content::contains));
    }

    @Test
    void append_longTexts_staysAnEntry() {
        String sql = "SELECT 1 -- " + "长".repeat(500_000);
        var person = new Actor("someone", List.of(), Optional.empty(), Map.of("sql", sql, "justification", sql));
        Receipt receipt = trail.append(
                Entry.of(EntryType.QUERY_FAILURE, "query", "failure").withActor(person));
        assertThat(trail.receipt(receipt.id(), "someone", false)).isPresent();
    }
}
