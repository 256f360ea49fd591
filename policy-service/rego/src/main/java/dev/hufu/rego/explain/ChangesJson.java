package dev.hufu.rego.explain;

import dev.hufu.rego.Bool;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a search found, as JSON: {@code {holds, complete, upTo, searched, attributes, evaluations, exceeded, domainsCut,
 * proposals: [[change]]}}. A
 * change is {@code {path, to}} for a new value, {@code {path, remove: true}}, {@code {path, add}} or {@code {path, take}} for
 * a member of an array; with values also {@code from}, where there is one.
 */
public final class ChangesJson {
    private ChangesJson() {}

    public static ObjectNode of(Changes changes, boolean values) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("holds", changes.holds()).put("complete", changes.complete()).put("upTo", changes.upTo());
        node.put("searched", changes.searched()).put("exceeded", changes.exceeded());
        node.put("attributes", changes.attributes()).put("evaluations", changes.evaluations());
        node.put("domainsCut", changes.domainsCut());
        ArrayNode proposals = node.putArray("proposals");
        for (Changes.Proposal proposal : changes.proposals()) {
            ArrayNode list = proposals.addArray();
            proposal.changes().forEach(change -> write(list.addObject(), change, values));
        }
        return node;
    }

    private static void write(ObjectNode node, Change change, boolean values) {
        node.put("path", new Attribute.Field(change.attribute().path()).toString());
        switch (change.attribute()) {
            case Attribute.Field _ -> {
                if (values) {
                    change.from().ifPresent(from -> node.set("from", from.toJsonNode()));
                }
                change.to().ifPresentOrElse(to -> node.set("to", to.toJsonNode()), () -> node.put("remove", true));
            }
            case Attribute.Member member ->
                node.set(
                        change.to().equals(Optional.of(Bool.TRUE)) ? "add" : "take",
                        member.member().toJsonNode());
        }
    }
}
