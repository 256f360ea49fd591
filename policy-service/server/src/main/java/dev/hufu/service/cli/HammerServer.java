package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.hammer.LogHammer;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.TileSource;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * A running server's log: an append is a decision asked for, permitted or not, since each is logged before it is
 * answered. Others may ask meanwhile.
 */
record HammerServer(Server server, JsonNode question, TileSource tiles, VerifierKey key) implements LogHammer.Target {
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    @Override
    public byte[] append(int caller) throws IOException {
        try {
            return CanonicalJson.bytes(
                    server.post("/api/v1/decisions", question).path("receipt"));
        } catch (RefusedException e) {
            if (e.status() == TOO_MANY || e.status() == UNAVAILABLE) {
                throw new AuditLogException.Busy("HTTP " + e.status());
            }
            throw new IOException("the server does not decide: " + e.getMessage(), e);
        } catch (UnreachableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean alone() {
        return false;
    }
}
