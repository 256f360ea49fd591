package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.gate.CaseResult;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyRule;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The author's page, as it is sent. */
@HufuServerTest
class PolicyPageTest {
    @LocalServerPort
    int port;

    @Autowired
    PolicyBook book;

    private PageReader legal;

    @BeforeEach
    void signIn() {
        legal = PageReader.signedIn(port, "legal");
    }

    @Test
    void policy_inEnglish_showsTheBundleEveryRuleAndEveryCaseThatTheEngineHolds() {
        PolicyBook.Edition edition = book.edition();
        String page = legal.text("/policy?lang=en");
        assertThat(page)
                .contains(
                        "<h1>%d rules are in force; all %d cases hold.</h1>"
                                .formatted(
                                        edition.rules().size(), edition.cases().size()),
                        "The Rego engine inside this server",
                        edition.bundle().digest(),
                        edition.bundle().lawPackVersion(),
                        edition.bundle().lawPack().effectiveFrom().toString(),
                        "PIPL Art. 17",
                        "What helps: ");
        for (PolicyRule rule : edition.rules()) {
            assertThat(page)
                    .contains(
                            "id=\"rule-" + rule.reason().code() + "\"",
                            "href=\"/policy/files/" + rule.file() + "#L" + rule.line() + "\"");
        }
        for (CaseResult one : edition.cases()) {
            assertThat(page).contains("href=\"/policy/cases/" + one.policyCase().name() + "\"");
        }
    }

    @Test
    void policy_ofTheHouse_isToldAsTheHouses() {
        assertThat(legal.text("/policy?lang=en&code=house.noRule"))
                .contains("House rule (on PIPL Art. 51)", "<code>house.grant</code>");
        assertThat(legal.text("/policy?lang=zh&code=house.noRule")).contains("内部规则（依据《个人信息保护法》第 51 条）");
        assertThat(legal.text("/policy?lang=en&code=pipia.inForce"))
                .contains("<code>law.cn.pipia.inForce</code>")
                .doesNotContain("law.cn.pipia.missing");
    }

    @Test
    void policy_lawPack_saysEditionAndAmendments() {
        int number = book.edition().bundle().lawPack().edition();
        assertThat(legal.text("/policy?lang=en"))
                .contains("amended, the amendment in force since 2013-07-01", number + ", written on ");
    }

    @Test
    void registers_thatRulesLookInto_areReadable() {
        assertThat(legal.text("/policy?lang=en"))
                .contains("href=\"/policy/registers/notices/employee-notice-4\"", "Notice to employees")
                .doesNotContain("/policy/registers/consents/");
        assertThat(legal.text("/policy/registers/notices/employee-notice-4?lang=en"))
                .contains("Purpose: Payroll and pay analysis", "privacy@qinglan.example", "in force");
        assertThat(legal.text("/policy/registers/notices/employee-notice-3?lang=en"))
                .contains("not in force");
        assertThat(legal.text("/policy/registers/rulebooks/RB-HR-2024?lang=zh")).contains("与工会平等协商", "EV-2023-047");
        assertThat(legal.get("/policy/registers/consents/x").statusCode()).isEqualTo(404);
        assertThat(legal.get("/policy/registers/notices/none").statusCode()).isEqualTo(404);
    }

    @Test
    void registers_wordTheirTermsAndArticles() {
        assertThat(legal.text("/policy/registers/exportPaths/CT-GROUP-EU-01?lang=zh"))
                .contains("标准合同")
                .doesNotContain("standardContract");
        assertThat(legal.text("/policy/registers/contracts/CT-BANK-01?lang=zh"))
                .contains("双方权利和义务、监督")
                .doesNotContain("rightsAndDuties");
        assertThat(legal.text("/policy/registers/switches/hrManagementNeeds?lang=en"))
                .contains("PIPL Art. 13(1)(2)");
    }

    @Test
    void policy_inChinese_wordsArticlesAsTheLawHasThem() {
        assertThat(legal.text("/policy?lang=zh")).contains("《个人信息保护法》第 17 条", "解决办法：", "条，");
    }

    @Test
    void filter_byArticleAndOutcome_leavesWhatRestsOnIt() {
        String page = legal.text("/policy?lang=en&article=PIPL+17&outcome=deny");
        assertThat(page)
                .contains("id=\"rule-notice.purpose\"", "selected=\"selected\"")
                .doesNotContain("id=\"rule-notice.inForce\"", "id=\"rule-house.noRule\"");
        assertThat(legal.text("/policy?lang=en&article=PIPL+17&outcome=permit"))
                .contains("id=\"rule-notice.inForce\"")
                .doesNotContain("id=\"rule-notice.purpose\"");
        assertThat(legal.text("/policy?lang=en&article=PIPL+9999")).contains("No rule matches.", "No case matches.");
    }

    @Test
    void filter_byRule_showsTheCasesInWhichItHasASay() {
        String page = legal.text("/policy?lang=en&code=notice.purpose");
        List<String> covered = book.edition().cases().stream()
                .filter(c -> c.reasons().stream().anyMatch(r -> r.code().equals("notice.purpose")))
                .map(c -> c.policyCase().name())
                .toList();
        assertThat(covered).isNotEmpty().allSatisfy(name -> assertThat(page).contains("/policy/cases/" + name + "\""));
        assertThat(page).contains("in %d cases".formatted(covered.size())).doesNotContain("id=\"rule-house.noRule\"");
    }

    @Test
    void filter_ofAnyForm_isNeverRepeatedAsMarkup() {
        assertThat(legal.text("/policy?article=%3Cscript%3E&outcome=%3Cscript%3E&code=%3Cscript%3Ealert(1)"))
                .doesNotContain("<script>");
    }

    @Test
    void file_ofTheBundle_isReadByLine() {
        PolicyRule rule = book.edition().rules().getFirst();
        String page = legal.text("/policy/files/" + rule.file());
        assertThat(page)
                .contains(
                        "id=\"L" + rule.line() + "\"", "&quot;" + rule.reason().code() + "&quot;");
        assertThat(legal.get("/policy/files/cases/purpose-and-notice.yaml").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/policy/files/",
                "/policy/files/house",
                "/policy/files/application.yaml",
                "/policy/files/facts/notices.yaml",
                "/policy/files//etc/passwd",
                "/policy/files/../../../etc/passwd",
                "/policy/files/house/../../../../etc/passwd",
                "/policy/files/%2e%2e/%2e%2e/etc/passwd",
                "/policy/files/..%2f..%2fetc%2fpasswd",
                "/policy/files/house/rules.rego/",
                "/policy/files/house%5crules.rego",
                "/policy/cases/none-of-that-name",
                "/policy/cases/../files"
            })
    void address_ofWhatIsNotInTheBundle_isRefusedAndShowsNothing(String path) {
        HttpResponse<String> answer = legal.get(path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("root:", "class=\"code source\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"house", "application.yaml", "facts/notices.yaml", "house/rules.rego.bak"})
    void file_foreign_isNotFound(String path) {
        assertThat(legal.get("/policy/files/" + path).statusCode()).isEqualTo(404);
    }

    @Test
    void case_each_opensAndSaysWhatIsWantedAndWhatCameOut() {
        String page = legal.text("/policy/cases/hr_automatedScreeningUnregistered_denied?lang=en");
        assertThat(page)
                .contains(
                        "<h1>The logic is not on record</h1>",
                        "Human resources (hr)",
                        "Recruitment (dpv:PersonnelHiring)",
                        "activities › dpv:PersonnelHiring › automated",
                        "taken away",
                        "PIPL Art. 24",
                        "Exactly this came out");
        for (CaseResult one : book.edition().cases()) {
            var answer = legal.get("/policy/cases/" + one.policyCase().name() + "?lang=zh");
            assertThat(answer.statusCode()).as(one.policyCase().name()).isEqualTo(200);
            assertThat(answer.body()).as(one.policyCase().name()).doesNotContain("??");
        }
    }

    @Test
    void policy_forOtherRoles_staysShut() {
        PageReader analyst = PageReader.signedIn(port, "analyst");
        for (String path : List.of("/policy", "/policy/files/house/rules.rego", "/policy/cases/x")) {
            assertThat(analyst.get(path).statusCode()).isEqualTo(403);
            assertThat(PageReader.nobody(port).get(path).statusCode()).isEqualTo(303);
        }
        assertThat(PageReader.signedIn(port, "security").get("/policy").statusCode())
                .isEqualTo(200);
        assertThat(PageReader.signedIn(port, "auditor").get("/policy").statusCode())
                .isEqualTo(200);
    }
}
