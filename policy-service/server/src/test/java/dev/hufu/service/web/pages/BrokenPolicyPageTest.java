package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.gate.EmbeddedRegoEngine;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.ShippedPolicies;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** What an author sees of a bundle that is not as its cases want it: nothing is hidden. */
@HufuServerTest
class BrokenPolicyPageTest {
    private static final String CASE = "cases/purpose-and-notice.yaml";
    private static final String UNCASED = """

            uncased := {
            	"rule": "house.uncased",
            	"code": "house.uncased",
            	"article": "PIPL 51",
            	"text": {"zh": "没有用例的规则。", "en": "A rule without a case."},
            	"remedy": {"zh": "补上用例。", "en": "Add a case."},
            }

            deny contains uncased if input.action.name == "none of the kind"
            """;

    @Autowired
    MessageSource messages;

    @Autowired
    WebApplicationContext context;

    @Autowired
    ServletContext servlet;

    @Autowired
    LocaleResolver locales;

    @Autowired
    @Qualifier("thymeleafViewResolver")
    ViewResolver views;

    private static PolicyBook.Edition edition(String file, String from, String to) throws Exception {
        TreeMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());
        String before = files.getOrDefault(file, "");
        assertThat(before).contains(from);
        files.put(file, before.replace(from, to));
        Instant now = Instant.parse("2026-11-23T00:00:00Z");
        var facts = Facts.of(RegisterFiles.read(ShippedPolicies.texts()), now);
        var engine = EmbeddedRegoEngine.start(
                PolicyBundle.of(files), () -> facts, new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC), _ -> {});
        return new PolicyBook(engine, facts).edition();
    }

    private Words words() {
        return new Words(Language.EN, messages, ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void rule_underAnotherArticleThanItsCasesWant_isShownAsFailingCases() throws Exception {
        PolicyBook.Edition edition =
                edition("lawpacks/cn/purpose.rego", "\"article\": \"PIPL 17\"", "\"article\": \"PIPL 18\"");
        PolicyView view = new PolicyWords(edition, words()).view(PolicyFilter.ALL);
        assertThat(view.failing()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.holds()).isFalse();
            assertThat(row.differs()).isEqualTo("reasons");
        });
        assertThat(view.heading())
                .contains(view.failing().size() + " of " + edition.cases().size() + " cases do not hold");
        assertThat(view.cases()).flatExtracting(PolicyView.CaseGroup::rows).containsAll(view.failing());
        String page = rendered("policy", Map.of("view", view));
        assertThat(page)
                .contains("Cases that do not hold", "Came out otherwise: reasons", "cases fail")
                .doesNotContain("all cases hold");
        var failing =
                edition.cases().stream().filter(c -> !c.holds()).findFirst().orElseThrow();
        String one = rendered(
                "policy-case",
                Map.of("one", new CaseWords(context.getBean(QueryCatalogue.class), edition, words()).view(failing)));
        assertThat(one)
                .contains("Came out otherwise: reasons", "What came out", "PIPL Art. 17", "PIPL Art. 18", "only here");
    }

    @Test
    void rule_withoutACase_isSaidToBeUncovered() throws Exception {
        PolicyBook.Edition edition =
                edition("house/rules.rego", "deny contains no_grant", UNCASED + "\ndeny contains no_grant");
        PolicyView view = new PolicyWords(edition, words()).view(PolicyFilter.of("", "", "house.uncased"));
        assertThat(view.groups())
                .flatExtracting(PolicyView.RuleGroup::rules)
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.cases()).isZero();
                    assertThat(rule.text()).isEqualTo("A rule without a case.");
                });
        assertThat(rendered("policy", Map.of("view", view))).contains("not covered by a case", "No case matches.");
    }

    @Test
    void cases_thatCannotBeRead_areToldWithTheirFile() throws Exception {
        PolicyView view = new PolicyWords(edition(CASE, "cases:", "cases: 7\nmore:"), words()).view(PolicyFilter.ALL);
        assertThat(view.heading()).endsWith("their cases cannot be read.");
        assertThat(view.trouble()).startsWith(CASE);
        assertThat(rendered("policy", Map.of("view", view))).contains(CASE).doesNotContain("all cases hold");
    }

    private String rendered(String name, Map<String, Object> model) throws Exception {
        var request = new MockHttpServletRequest(servlet, "GET", "/policy");
        request.setParameter("lang", "en");
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        request.setAttribute(DispatcherServlet.LOCALE_RESOLVER_ATTRIBUTE, locales);
        var response = new MockHttpServletResponse();
        var whole = new TreeMap<String, Object>(model);
        whole.put("frame", new Frame("en", false, "zh", "/policy?lang=zh", "legal", List.of("legal"), List.of(), true));
        View view = views.resolveViewName(name, Language.EN.locale());
        assertThat(view).isNotNull();
        view.render(whole, request, response);
        return response.getContentAsString();
    }
}
