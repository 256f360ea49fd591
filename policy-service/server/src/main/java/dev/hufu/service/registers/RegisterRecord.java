package dev.hufu.service.registers;

import tools.jackson.databind.JsonNode;

/**
 * A record of a register.
 *
 * @param body everything on record; not to be changed
 */
public record RegisterRecord(Register register, String id, JsonNode body) {}
