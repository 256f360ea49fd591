package dev.hufu.service.web;

import dev.hufu.anonymizer.query.NearNames;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.identity.TokenGrant;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Purpose;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns the words of a request into terms that exist, or says which word does not, and which that exist are near it. Of the words
 * themselves only a field's name is repeated, and only where it has the form of one.
 */
final class Vocabulary {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final Facts facts;

    Vocabulary(Facts facts) {
        this.facts = facts;
    }

    Purpose purpose(@Nullable String word) {
        return purpose(word, "purpose");
    }

    /** @param member where the word stands in the request */
    Purpose purpose(@Nullable String word, String member) {
        String curie = required(word, member);
        try {
            Purpose purpose = new Purpose(curie);
            if (purposes().contains(purpose.curie())) {
                return purpose;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for a purpose of the right form that nobody registered
        }
        throw unknown(
                "purpose.unknown",
                "There is no such purpose in the vocabulary. The console's query page lists those that exist, for example"
                        + " dpv:PersonnelPayment.",
                "词汇表中没有这个处理目的。查询页面列出了可用的目的，例如 dpv:PersonnelPayment。",
                NearNames.of(curie, purposes()),
                Map.of());
    }

    LegalBasis legalBasis(@Nullable String word) {
        return legalBasis(word, "legalBasis");
    }

    /** @param member where the word stands in the request */
    LegalBasis legalBasis(@Nullable String word, String member) {
        String article = required(word, member);
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
            if (datasets().has(dataset.value())) {
                return dataset;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for a name of the right form that nobody registered
        }
        throw unknown(
                "dataset.unknown",
                "There is no such dataset. GET /api/v1/datasets lists them.",
                "没有这个数据集。GET /api/v1/datasets 列出全部数据集。",
                NearNames.of(name, datasets().propertyNames()),
                Map.of());
    }

    /** The fields of a dataset by these names; none is all that the decision is about. */
    List<String> fields(DatasetName dataset, @Nullable List<@Nullable String> names) {
        if (names == null) {
            return List.of();
        }
        if (names.size() > AccessRequest.MAX_FIELDS) {
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "Name at most " + AccessRequest.MAX_FIELDS + " fields.",
                    "最多 " + AccessRequest.MAX_FIELDS + " 个字段。");
        }
        JsonNode columns = datasets().path(dataset.value()).path("columns");
        var fields = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            String name = required(names.get(i), "fields");
            if (!columns.has(name)) {
                throw unknownField(name, i, columns.propertyNames());
            }
            fields.add(name);
        }
        return fields;
    }

    /** The columns of a dataset that nobody has graded; none of what is no dataset. */
    List<String> ungraded(String dataset) {
        return datasets().path(dataset.toLowerCase(Locale.ROOT)).path("columns").properties().stream()
                .filter(column -> !column.getValue().has("grade"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static ProblemException unknownField(String name, int index, Collection<String> columns) {
        var members = new LinkedHashMap<String, Object>();
        members.put("member", "fields[" + index + "]");
        if (IDENTIFIER.matcher(name).matches()) {
            members.put("identifier", name);
        }
        return unknown(
                "field.unknown",
                "The dataset has no field of the name in fields[" + index
                        + "]. GET /api/v1/datasets lists its columns.",
                "该数据集没有 fields[" + index + "] 所指的字段。GET /api/v1/datasets 列出各数据集的列。",
                NearNames.of(name, columns),
                members);
    }

    private static ProblemException unknown(
            String code, String en, String zh, List<String> near, Map<String, Object> more) {
        var members = new LinkedHashMap<String, Object>(more);
        members.put("code", code);
        if (near.isEmpty()) {
            return new ProblemException(ProblemType.INVALID, en, zh, members);
        }
        members.put("near", near);
        return new ProblemException(
                ProblemType.INVALID,
                en + " Near it: " + String.join(", ", near) + ".",
                zh + "相近的有：" + String.join("、", near) + "。",
                members);
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

    private Collection<String> purposes() {
        return facts.current().document().path("vocabulary").path("purposes").propertyNames();
    }

    private JsonNode datasets() {
        return facts.current().document().path("datasets");
    }
}
