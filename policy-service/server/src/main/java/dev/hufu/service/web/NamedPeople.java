package dev.hufu.service.web;

import dev.hufu.service.analytics.PeopleConcerned;
import dev.hufu.service.analytics.UnknownPersonException;
import dev.hufu.service.audit.Cohort;
import dev.hufu.service.request.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The people whom a request for a decision is about, when it names some. Ids are never echoed. */
@Component
final class NamedPeople {
    /** Most people that one request may name. */
    static final int MOST = 1_000;

    private static final int LONGEST_ID = 64;

    private final PeopleConcerned people;

    NamedPeople(PeopleConcerned people) {
        this.people = people;
    }

    /**
     * @param ids employee ids; null where the request is about a dataset as a whole
     * @throws ProblemException when the list has no known form, an id is nobody's, or the caller may name only themselves: who is
     *     an employee and nothing else learns of nobody but themselves, not even whether they exist
     */
    Optional<Cohort> read(@Nullable List<@Nullable String> ids, Principal caller) {
        if (ids == null) {
            return Optional.empty();
        }
        if (ids.isEmpty() || ids.size() > MOST) {
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "subjects names 1 to " + MOST + " people; without it the request is about the whole dataset.",
                    "subjects 须列出 1 至 " + MOST + " 人；不填表示针对整个数据集。",
                    Map.of("code", "subjects.size", "member", "subjects"));
        }
        List<String> named =
                ids.stream().map(id -> Vocabulary.required(id, "subjects")).toList();
        if (caller.roles().stream().allMatch("employee"::equals)
                && !named.stream().allMatch(caller.employeeId().orElse("")::equals)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Your role can name only yourself in subjects.", "您的角色在 subjects 中只能填写自己。");
        }
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i).length() > LONGEST_ID) {
                throw unknown(i);
            }
        }
        try {
            return Optional.of(people.named(named));
        } catch (UnknownPersonException e) {
            throw unknown(e.position());
        }
    }

    private static ProblemException unknown(int position) {
        return new ProblemException(
                ProblemType.INVALID,
                "Nobody has the id at subjects[" + position + "]. Ids are those of the dataset's person key.",
                "subjects[" + position + "] 不是任何人的编号。编号即数据集中标识人员的列的值。",
                Map.of("code", "subject.unknown", "member", "subjects[" + position + "]"));
    }
}
