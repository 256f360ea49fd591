package dev.hufu.service.config;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.service.analytics.store.PeopleStoreException;
import dev.hufu.service.gate.EngineException;
import dev.hufu.service.gate.PolicyBundleException;
import dev.hufu.service.keys.UnreadableException;
import dev.hufu.service.registers.RegisterException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says of every start that fails what is wrong and what to do, instead of a stack trace. The outermost cause that has words of its
 * own speaks; a failure that nobody foresaw is told by its type and place ({@code DEBUG=true} shows all of it).
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer {
    /** Findings that are shown; a broken bundle may have thousands. */
    private static final int MAX_LINES = 20;

    private static final String CHECK_POLICIES = "Mend those places, or name another directory with HUFU_POLICIES_DIR;"
            + " `hufu policy check` and `hufu policy test` say the same without a start.";

    private record Told(String what, String next) {}

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Told told = told(cause);
            if (told != null) {
                return new FailureAnalysis(told.what(), told.next(), cause);
            }
        }
        return unforeseen(failure);
    }

    private static @Nullable Told told(Throwable cause) {
        return switch (cause) {
            case StartRefusedException refused -> new Told(String.valueOf(refused.getMessage()), refused.action());
            case PortInUseException port ->
                new Told(
                        "Port " + port.getPort() + " is taken by another program.",
                        "Stop that program, or choose another port: SERVER_PORT=" + (port.getPort() + 1) + ".");
            case BindException bind ->
                new Told(
                        "The server cannot listen at SERVER_ADDRESS and SERVER_PORT: " + bind.getMessage() + ".",
                        "Name an address of this machine with SERVER_ADDRESS and a port that this user may take with"
                                + " SERVER_PORT.");
            case AuditLogException damage ->
                new Told(
                        "The audit log does not open: " + damage.getMessage(),
                        "Keep all files. `hufu audit verify` on the data directory names each file and index that differs;"
                                + " restore those from a copy, then start again. Nothing was signed or changed.");
            case UnreadableException keys ->
                new Told(
                        "The keys do not open: " + keys.getMessage() + ". Nothing was changed.",
                        "Put the key files back from their second place, or name the directory of this data's keys with"
                                + " HUFU_KEYS.");
            case PeopleStoreException store ->
                new Told(
                        String.valueOf(store.getMessage()),
                        "Then start again. The audit log, the registers and the accounts are not concerned.");
            case PolicyBundleException bundle ->
                new Told("The policy files do not compile:" + lines(bundle.getMessage()), CHECK_POLICIES);
            case EngineException engine -> new Told(String.valueOf(engine.getMessage()), engine.action());
            case RegisterException register ->
                new Told("The policy files' registers cannot be taken:" + lines(register.getMessage()), CHECK_POLICIES);
            case SQLException database ->
                new Told(
                        "The database does not answer as it should (SQLSTATE " + database.getSQLState() + ").",
                        "See that PostgreSQL runs where SPRING_DATASOURCE_URL names it, that the account there may create"
                                + " tables, and that its disk has room; then start again.");
            case SocketException _ -> null;
            case IOException file ->
                new Told(
                        "A file cannot be read or written: " + file.getMessage() + " ("
                                + file.getClass().getSimpleName() + ").",
                        "See that the disks of the data and keys directories have room and that this user may write there"
                                + " (hufu doctor), then start again.");
            default -> null;
        };
    }

    private static String lines(@Nullable String findings) {
        var text = new StringBuilder();
        String.valueOf(findings)
                .lines()
                .limit(MAX_LINES)
                .forEach(line -> text.append("\n  ").append(line));
        long more = String.valueOf(findings).lines().count() - MAX_LINES;
        return (more > 0 ? text.append("\n  … and ").append(more).append(" more") : text).toString();
    }

    private static FailureAnalysis unforeseen(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        return new FailureAnalysis(
                "The start failed in a way that nobody foresaw: "
                        + root.getClass().getName() + " at " + (stack.length == 0 ? "?" : stack[0]) + ".",
                "Run `hufu doctor`; if it finds nothing, start once more with DEBUG=true and report what it says.",
                root);
    }
}
