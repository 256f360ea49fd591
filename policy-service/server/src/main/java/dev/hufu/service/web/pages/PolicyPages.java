package dev.hufu.service.web.pages;

import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyEngine;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The policy in use, for those who write and check it: its rules with their articles, its cases and their state, its files, and the
 * records that it looks into.
 */
@Controller
class PolicyPages {
    private final PolicyBook book;
    private final PolicyEngine engine;
    private final QueryCatalogue catalogue;
    private final Registers registers;
    private final Readers readers;
    private final Clock clock;
    private final ZoneId zone;

    PolicyPages(
            PolicyBook book,
            PolicyEngine engine,
            QueryCatalogue catalogue,
            Registers registers,
            Readers readers,
            Clock clock,
            ZoneId zone) {
        this.book = book;
        this.engine = engine;
        this.catalogue = catalogue;
        this.registers = registers;
        this.readers = readers;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/policy")
    String policy(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String article,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String code,
            Model model) {
        model.addAttribute(
                "view",
                new PolicyWords(book.edition(), readers.words(request)).view(PolicyFilter.of(article, outcome, code)));
        model.addAttribute("registers", registers(request).all());
        model.addAttribute("engineTrouble", engine.trouble().orElse(""));
        return "policy";
    }

    @GetMapping("/policy/registers/{register}/{id}")
    String record(HttpServletRequest request, @PathVariable String register, @PathVariable String id, Model model) {
        model.addAttribute("whole", registers(request).whole(register, id).orElseThrow(PolicyPages::nothing));
        return "policy-record";
    }

    private RegisterWords registers(HttpServletRequest request) {
        return new RegisterWords(
                registers, catalogue, readers.words(request), LocalDate.ofInstant(clock.instant(), zone));
    }

    @GetMapping("/policy/files/{*path}")
    String file(@PathVariable String path, Model model) {
        String name = path.substring(1);
        String text = book.edition().bundle().text(name).orElseThrow(PolicyPages::nothing);
        model.addAttribute("source", new PolicyView.Source(name, text.lines().toList()));
        return "policy-file";
    }

    @GetMapping("/policy/cases/{name}")
    String one(HttpServletRequest request, @PathVariable String name, Model model) {
        PolicyBook.Edition edition = book.edition();
        model.addAttribute(
                "one",
                edition.cases().stream()
                        .filter(c -> c.policyCase().name().equals(name))
                        .findFirst()
                        .map(new CaseWords(catalogue, edition, readers.words(request))::view)
                        .orElseThrow(PolicyPages::nothing));
        return "policy-case";
    }

    private static ProblemException nothing() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "The bundle in use holds nothing of that name. Start from /policy.",
                "现行政策包中没有这个名称的内容，请从 /policy 开始。");
    }
}
