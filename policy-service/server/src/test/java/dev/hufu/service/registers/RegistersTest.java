package dev.hufu.service.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

@HufuServerTest
class RegistersTest {
    @Autowired
    private Registers registers;

    @Autowired
    private Facts facts;

    private static RegisteredDataset dataset(String name, String columnClass, String grade) {
        Title title = new Title("样例", "Sample");
        return new RegisteredDataset(
                name,
                title,
                grade,
                name,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(
                        new DatasetColumn(
                                "id",
                                Optional.of("identifier"),
                                Optional.of("internal"),
                                ColumnRole.PERSON_KEY,
                                Optional.empty(),
                                title),
                        new DatasetColumn(
                                "income",
                                Optional.of(columnClass),
                                Optional.of("sensitive"),
                                ColumnRole.MEASURE,
                                Optional.of(new Measurement(
                                        Measurement.Kind.SLOW, 0, 20_000.5, 0.01, Measurement.Coverage.EVERYBODY)),
                                title),
                        new DatasetColumn(
                                "note", Optional.empty(), Optional.empty(), ColumnRole.NONE, Optional.empty(), title)));
    }

    @Test
    void loadFirst_aSecondTime_changesNothing() {
        assertThat(registers.loadFirst(RegisterFiles.read(ShippedPolicies.texts())))
                .isFalse();
        assertThat(registers.vocabulary(VocabularyKind.PURPOSES)).isNotEmpty();
    }

    @Test
    void facts_afterFirstStart_areTheFilesContent() {
        var document = facts.current().document();
        assertThat(document.at("/notices/employee-notice-4/version").intValue()).isEqualTo(4);
        assertThat(document.at("/datasets/pay/columns/monthly_pay/class").stringValue())
                .isEqualTo("pay");
        assertThat(facts.current().digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void saveDataset_new_isReadBackEqualToldAndInTheFacts() {
        List<RegisterChange> told = new ArrayList<>();
        registers.listen(new ChangeListener() {
            @Override
            public void changing(RegisterChange change) {
                told.add(change);
            }
        });
        String before = facts.current().digest();
        RegisteredDataset saved = dataset("registers_test", "pay", "sensitive");
        registers.saveDataset(saved, "steward");
        assertThat(registers.dataset("registers_test")).contains(saved);
        assertThat(told).singleElement().satisfies(c -> {
            assertThat(c.register()).isEqualTo("datasets");
            assertThat(c.ids()).containsExactly("registers_test");
            assertThat(c.by()).isEqualTo("steward");
        });
        assertThat(facts.current().digest()).isNotEqualTo(before);
        assertThat(facts.current()
                        .document()
                        .at("/datasets/registers_test/grade")
                        .stringValue())
                .isEqualTo("sensitive");
    }

    @Test
    void datasets_readWhileOneIsReplaced_areEachOfOneMoment() throws InterruptedException {
        RegisteredDataset one = dataset("registers_moment", "pay", "sensitive");
        RegisteredDataset other = new RegisteredDataset(
                one.name(),
                one.title(),
                one.grade(),
                one.population(),
                Optional.empty(),
                OptionalInt.of(30),
                one.columns().subList(0, 2));
        registers.saveDataset(one, "steward");
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 20; i++) {
                registers.saveDataset(i % 2 == 0 ? other : one, "steward");
            }
        });
        while (writer.isAlive()) {
            assertThat(registers.dataset(one.name()).orElseThrow()).isIn(one, other);
        }
        writer.join();
    }

    @Test
    void saveDataset_unknownClassOrLowGrade_isRefusedAndNothingChanges() {
        String before = facts.current().digest();
        assertThatThrownBy(() -> registers.saveDataset(dataset("registers_bad", "wages", "sensitive"), "steward"))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("no data class is named wages");
        assertThatThrownBy(() -> registers.saveDataset(dataset("registers_bad", "pay", "internal"), "steward"))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("above the dataset's");
        assertThat(facts.current().digest()).isEqualTo(before);
    }

    @Test
    void saveDataset_listenerRefuses_isUndone() {
        boolean[] refuse = {true};
        registers.listen(new ChangeListener() {
            @Override
            public void changing(RegisterChange change) {
                if (refuse[0] && change.ids().contains("registers_unlogged")) {
                    throw new IllegalStateException("log stopped");
                }
            }
        });
        assertThatThrownBy(() -> registers.saveDataset(dataset("registers_unlogged", "pay", "sensitive"), "steward"))
                .hasMessage("log stopped");
        refuse[0] = false;
        assertThat(registers.dataset("registers_unlogged")).isEmpty();
        assertThat(facts.current().document().path("datasets").has("registers_unlogged"))
                .isFalse();
    }

    @Test
    void saveRecord_thenRemove_isInTheFactsAndGone() {
        ObjectNode body = tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
        body.put("validFrom", "2026-01-01").put("validTo", "2026-12-31");
        body.putObject("title").put("zh", "演练").put("en", "Drill");
        registers.saveRecord(new RegisterRecord(Register.EMERGENCIES, "EM-T", body), "legal");
        assertThat(facts.current().document().at("/emergencies/EM-T/title/en").stringValue())
                .isEqualTo("Drill");
        assertThat(registers.removeRecord(Register.EMERGENCIES, "EM-T", "legal"))
                .isTrue();
        assertThat(facts.current().document().path("emergencies").has("EM-T")).isFalse();
        body.put("validTo", "soon");
        assertThatThrownBy(() -> registers.saveRecord(new RegisterRecord(Register.EMERGENCIES, "EM-T", body), "legal"))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("is a day");
    }
}
