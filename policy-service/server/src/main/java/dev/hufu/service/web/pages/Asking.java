package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.ObligationUnmetException;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.analytics.PublicationsNotReadyException;
import dev.hufu.service.audit.LogBusyException;
import dev.hufu.service.audit.LogStoppedException;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.release.QueryPath;
import dev.hufu.service.release.Release;
import dev.hufu.service.web.DatabaseTrouble;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.Questions;
import dev.hufu.service.web.Questions.Question;
import dev.hufu.service.web.security.CallerAuthentication;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Asks what stands in the form, by the way that REST takes, and keeps what came of it for who asked. Thread-safe. */
public final class Asking {
    /** How long the same pre-check is answered from the entry it already has. */
    static final Duration SAME_PRE_CHECK = Duration.ofMinutes(5);

    private static final int ID_BYTES = 16;

    private final Questions questions;
    private final Results results;
    private final Clock clock;
    private final SecureRandom random;

    public Asking(Questions questions, Results results, Clock clock, SecureRandom random) {
        this.questions = questions;
        this.results = results;
        this.clock = clock;
        this.random = random;
    }

    /** @param chinese in which language a sealed denial reads */
    Asked run(QueryForm form, CallerAuthentication caller, boolean chinese) {
        return ask(form, caller, question -> ran(question, chinese));
    }

    /**
     * Decides and runs nothing. A permit is given again for a while for the same text, purpose and basis without another entry;
     * what runs is decided anew in any case.
     */
    Asked preCheck(QueryForm form, CallerAuthentication caller, boolean chinese) {
        Optional<Asked> same = results.recent(caller.account().id()).stream()
                .filter(asked -> asked.outcome() instanceof Asked.Outcome.PreChecked
                        && asked.form().equals(form)
                        && asked.time().isAfter(clock.instant().minus(SAME_PRE_CHECK)))
                .findFirst();
        return same.orElseGet(() -> ask(form, caller, question -> checked(question, chinese)));
    }

    private interface Step {
        Asked.Outcome take(Question question);
    }

    private Asked ask(QueryForm form, CallerAuthentication caller, Step step) {
        var asked = new Asked(id(), clock.instant(), form, outcome(form, caller, step));
        if (asked.outcome() instanceof Asked.Outcome.Failed) {
            return asked;
        }
        if (!Results.fits(asked.weight())) {
            return new Asked(asked.id(), asked.time(), form, new Asked.Outcome.Failed(Trouble.TOO_LARGE));
        }
        results.put(caller.account().id(), asked);
        return asked;
    }

    private Asked.Outcome outcome(QueryForm form, CallerAuthentication caller, Step step) {
        Set<Questions.Part> unfit = questions.unfit(form.wanted());
        if (!unfit.isEmpty()) {
            return new Asked.Outcome.Unfit(unfit);
        }
        try {
            return step.take(questions.read(form.wanted(), caller));
        } catch (SqlRefusedException e) {
            return new Asked.Outcome.Refused(e);
        } catch (LogStoppedException e) {
            return new Asked.Outcome.Failed(Trouble.STOPPED);
        } catch (LogBusyException e) {
            return new Asked.Outcome.Failed(Trouble.BUSY);
        } catch (PublicationsNotReadyException e) {
            return new Asked.Outcome.Failed(Trouble.PREPARING);
        } catch (ObligationUnmetException e) {
            return new Asked.Outcome.Failed(Trouble.UNMET);
        } catch (ProblemException e) {
            return new Asked.Outcome.Failed(Trouble.of(e.type()).orElseThrow(() -> e));
        } catch (DataAccessException | TransactionException e) {
            if (DatabaseTrouble.outside(e)) {
                return new Asked.Outcome.Failed(Trouble.DATABASE);
            }
            throw e;
        }
    }

    private Asked.Outcome ran(Question question, boolean chinese) {
        return switch (questions.ask(question, chinese)) {
            case QueryPath.Outcome.Released(Release release) -> new Asked.Outcome.Answered(question.query(), release);
            case QueryPath.Outcome.Denied(ProvenAnswer answer) ->
                new Asked.Outcome.Denied(question.query(), answer, false);
        };
    }

    private Asked.Outcome checked(Question question, boolean chinese) {
        return switch (questions.preCheck(question, chinese)) {
            case QueryPath.Checked.Permitted(PreCheck check, ProvenAnswer answer) ->
                new Asked.Outcome.PreChecked(question.query(), check, answer);
            case QueryPath.Outcome.Denied(ProvenAnswer answer) ->
                new Asked.Outcome.Denied(question.query(), answer, true);
        };
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
