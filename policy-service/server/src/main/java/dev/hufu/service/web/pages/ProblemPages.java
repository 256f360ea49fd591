package dev.hufu.service.web.pages;

import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What the {@code type} of an error leads to (RFC 9457, 3.1.1): what it means, who can mend it, what to do next. Open to all. */
@Controller
class ProblemPages {
    private final Readers readers;

    ProblemPages(Readers readers) {
        this.readers = readers;
    }

    /** @param blame message key part of who can mend it */
    record ProblemRow(String slug, int status, String title, String blame) {
        static ProblemRow of(ProblemType type, Words words) {
            return new ProblemRow(
                    type.slug(),
                    type.status(),
                    type.title(words.chinese()),
                    type.blame().wire());
        }
    }

    record ProblemGroup(String blame, List<ProblemRow> rows) {}

    @GetMapping("/problems")
    String all(HttpServletRequest request, Model model) {
        Words words = readers.words(request);
        model.addAttribute(
                "groups",
                Arrays.stream(ProblemType.Blame.values())
                        .map(blame -> new ProblemGroup(
                                blame.wire(),
                                Arrays.stream(ProblemType.values())
                                        .filter(type -> type.blame() == blame)
                                        .map(type -> ProblemRow.of(type, words))
                                        .toList()))
                        .toList());
        return "problems";
    }

    @GetMapping("/problems/{slug}")
    String one(HttpServletRequest request, @PathVariable String slug, Model model) {
        ProblemType type = Arrays.stream(ProblemType.values())
                .filter(t -> t.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no problem of that name. /problems lists them all.",
                        "没有这种问题。全部问题见 /problems。"));
        model.addAttribute("problem", ProblemRow.of(type, readers.words(request)));
        return "problem";
    }
}
