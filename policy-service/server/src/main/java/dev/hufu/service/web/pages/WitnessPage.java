package dev.hufu.service.web.pages;

import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.WitnessStanding;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.web.WitnessWords;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who cosigned the log's checkpoints and when last, what the policy wants, and how to begin where nobody does. */
@Controller
class WitnessPage {
    private final AuditTrail trail;
    private final Readers readers;
    private final Clock clock;

    WitnessPage(AuditTrail trail, Readers readers, Clock clock) {
        this.trail = trail;
        this.readers = readers;
        this.clock = clock;
    }

    @GetMapping("/witnesses")
    String witnesses(HttpServletRequest request, Model model) {
        Words words = readers.words(request);
        Optional<Cosigning> cosigning = trail.cosigning();
        model.addAttribute("view", cosigning.map(state -> view(state, words)).orElseGet(() -> none(words)));
        return "witnesses";
    }

    private WitnessView none(Words words) {
        return new WitnessView(
                false,
                false,
                words.say("witness.head.none"),
                words.say("witness.lead.none"),
                words.say("witness.demand.none"),
                List.of(),
                "",
                List.of(),
                trail.verifierKey());
    }

    private WitnessView view(Cosigning state, Words words) {
        Instant now = clock.instant();
        long failing = state.witnesses().stream().filter(w -> !w.sound()).count();
        String heading = state.sound()
                ? words.say("witness.head.sound", state.witnesses().size())
                : state.enough() && failing > 0
                        ? words.say(
                                "witness.head.some", failing, state.witnesses().size())
                        : words.say("witness.head.late");
        return new WitnessView(
                true,
                state.sound(),
                heading,
                words.say("witness.lead." + (state.sound() ? "sound" : state.enough() ? "enough" : "amber")),
                words.say("witness.demand", state.threshold(), state.witnesses().size()),
                state.published().map(last -> cosigned(state, last, words)).orElse(List.of()),
                state.trouble().orElse(""),
                state.witnesses().stream()
                        .map(each -> row(each, state, words, now))
                        .toList(),
                trail.verifierKey());
    }

    private static List<WitnessView.Fact> cosigned(Cosigning state, Cosigning.Published last, Words words) {
        return List.of(
                new WitnessView.Fact(
                        words.say("witness.entries"),
                        words.say(
                                "witness.entries.of",
                                words.number(last.checkpoint().size()),
                                words.number(state.newest())),
                        false),
                new WitnessView.Fact(words.say("witness.by"), words.list(last.by()), false),
                new WitnessView.Fact(
                        words.say("receipt.part.root"), last.checkpoint().root().base64(), true));
    }

    private static WitnessView.Row row(WitnessStanding witness, Cosigning state, Words words, Instant now) {
        String kind = witness.trouble().isPresent()
                ? "fails"
                : witness.size() == 0 ? "waiting" : witness.late() ? "behind" : "cosigns";
        String trouble = witness.trouble()
                .map(why -> words.say(
                        "witness.trouble",
                        WitnessWords.trouble(why, words.chinese()),
                        witness.since().map(words::time).orElse("")))
                .orElse("");
        return new WitnessView.Row(
                witness.name(),
                witness.place().key().text(),
                witness.place().url().toString(),
                kind,
                kind.equals("cosigns"),
                words.say("witness.entries.of", words.number(witness.size()), words.number(state.newest())),
                witness.cosigned()
                        .map(time -> words.time(time) + " (" + words.zone(time) + ")")
                        .orElse(words.say("witness.never")),
                witness.age(now).map(age -> age(age, words)).orElse(""),
                trouble,
                witness.failures() == 0 ? "" : words.say("witness.failures", words.number(witness.failures())));
    }

    private static String age(Duration age, Words words) {
        if (age.toSeconds() < 60) {
            return words.say("witness.age.seconds", age.toSeconds());
        }
        return age.toHours() < 2
                ? words.say("witness.age.minutes", age.toMinutes())
                : age.toHours() < 48
                        ? words.say("witness.age.hours", age.toHours())
                        : words.say("witness.age.days", words.number(age.toDays()));
    }
}
