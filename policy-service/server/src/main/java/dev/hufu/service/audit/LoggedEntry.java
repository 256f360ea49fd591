package dev.hufu.service.audit;

import tools.jackson.databind.JsonNode;

/**
 * An entry as it stands in the log.
 *
 * @param index where
 * @param id its id
 * @param json what it says
 */
public record LoggedEntry(long index, String id, JsonNode json) {}
