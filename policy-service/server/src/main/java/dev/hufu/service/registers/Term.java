package dev.hufu.service.registers;

import tools.jackson.databind.JsonNode;

/**
 * A term of the vocabulary.
 *
 * @param id as requests and rules write it, for example {@code dpv:PersonnelPayment}
 * @param body everything on record, {@code zh} and {@code en} included; not to be changed
 */
public record Term(VocabularyKind kind, String id, Title title, JsonNode body) {}
