package dev.hufu.service.web;

import dev.hufu.service.facts.Facts;
import dev.hufu.service.identity.TokenGrant;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Purpose;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the words of a request into terms that exist, or says which word does not. Words are never echoed. */
final class Vocabulary {
    private final Facts facts;

    Vocabulary(Facts facts) {
        this.facts = facts;
    }

    Purpose purpose(@Nullable String word) {
        String curie = required(word, "purpose");
        try {
            Purpose purpose = new Purpose(curie);
            if (known("purposes", purpose.curie())) {
                return purpose;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for a purpose of the right form that nobody registered
        }
        throw new ProblemException(
                ProblemType.INVALID,
                "There is no such purpose in the vocabulary. The console's query page lists those that exist, for example"
                        + " dpv:PersonnelPayment.",
                "词汇表中没有这个处理目的。查询页面列出了可用的目的，例如 dpv:PersonnelPayment。",
                Map.of("code", "purpose.unknown"));
    }

    LegalBasis legalBasis(@Nullable String word) {
        String article = required(word, "legalBasis");
        try {
            return new LegalBasis(article);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "There is no such legal basis: name one of 13-1-1 to 13-1-7 (PIPL Art. 13).",
                    "没有这个法律依据：请填写 13-1-1 至 13-1-7（《个人信息保护法》第十三条）。",
                    Map.of("code", "legalBasis.unknown"));
        }
    }

    Action action(@Nullable String word) {
        return Action.ofWire(required(word, "action"))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID,
                        "There is no such action; query, read, provide, export and disclose are some that exist.",
                        "没有这个操作；可用的有 query、read、provide、export、disclose 等。",
                        Map.of("code", "action.unknown")));
    }

    DatasetName dataset(@Nullable String word) {
        String name = required(word, "dataset");
        try {
            DatasetName dataset = new DatasetName(name);
            if (facts.current().document().path("datasets").has(dataset.value())) {
                return dataset;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for a name of the right form that nobody registered
        }
        throw new ProblemException(
                ProblemType.INVALID,
                "There is no such dataset. GET /api/v1/datasets lists them.",
                "没有这个数据集。GET /api/v1/datasets 列出全部数据集。",
                Map.of("code", "dataset.unknown"));
    }

    /** @throws ProblemException when the caller's token is for other purposes or datasets */
    static void within(Optional<TokenGrant> grant, Purpose purpose, DatasetName dataset) {
        if (grant.isPresent() && !grant.get().allows(purpose, dataset)) {
            throw new ProblemException(
                    ProblemType.TOKEN_SCOPE,
                    "This token is for other purposes or datasets. Make one for this: hufu token --purpose … --dataset ….",
                    "该令牌限于其他目的或数据集。请另行生成：hufu token --purpose … --dataset …。",
                    Map.of("code", "token.scope"));
        }
    }

    static String required(@Nullable String value, String member) {
        if (value == null || value.isBlank()) {
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "The member " + member + " is missing or empty.",
                    "缺少成员 " + member + "，或其为空。",
                    Map.of("code", "member.missing", "member", member));
        }
        return value;
    }

    private boolean known(String list, String term) {
        return facts.current().document().path("vocabulary").path(list).has(term);
    }
}
