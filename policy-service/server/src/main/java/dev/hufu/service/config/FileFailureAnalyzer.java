package dev.hufu.service.config;

import java.io.IOException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The last to be asked: a file or disk that failed while the server started, such as a full one. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class FileFailureAnalyzer extends AbstractFailureAnalyzer<IOException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IOException cause) {
        if (cause instanceof SocketException) {
            return null;
        }
        return new FailureAnalysis(
                "A file cannot be read or written: " + cause.getMessage() + " ("
                        + cause.getClass().getSimpleName() + ").",
                "See that the disks of the data and keys directories have room and that this user may write there (hufu doctor),"
                        + " then start again.",
                cause);
    }
}
