package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.service.keys.UnreadableException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a start that fails says: what is wrong, and what to do. */
class StartFailuresTest {
    private record Case(Throwable failure, String what, String next) {}

    static final List<Case> CASES = List.of(
            new Case(
                    new AuditLogException.Damaged(
                            "journal/00000000000000000000: a checksum is wrong (index 21, byte 7)"),
                    "journal/00000000000000000000: a checksum is wrong (index 21",
                    "hufu audit verify"),
            new Case(new UnreadableException("hufu.bcfks does not open"), "hufu.bcfks does not open", "HUFU_KEYS"),
            new Case(new OpenDemoException(), "this machine only", "HUFU_DEMO=false"),
            new Case(new DataDirectoryUnusableException("in use by 7", "stop it"), "in use by 7", "stop it"),
            new Case(new SettingException("SERVER_PORT is what", "write 80"), "SERVER_PORT", "write 80"),
            new Case(new BindException("Cannot assign requested address"), "SERVER_ADDRESS", "of this machine"),
            new Case(new SQLException("secret", "08001"), "SQLSTATE 08001", "SPRING_DATASOURCE_URL"),
            new Case(new FileSystemException("data/x", null, "No space left on device"), "No space left", "have room"),
            new Case(
                    new PortInUseException(8080, new BindException("in use")),
                    "Port 8080 is taken",
                    "SERVER_PORT=8081"));

    @ParameterizedTest
    @FieldSource("CASES")
    void failure_deepInTheStart_isTwoSentences(Case each) {
        FailureAnalysis told = told(new IllegalStateException("a bean was not made", each.failure()));
        assertThat(told.getDescription()).contains(each.what());
        assertThat(told.getAction()).contains(each.next());
    }

    @Test
    void failure_thatNobodyForesaw_isToldByTypeAndPlaceWithoutItsText() {
        FailureAnalysis told = told(new IllegalStateException("a bean", new IllegalArgumentException("E000001")));
        assertThat(told.getDescription())
                .contains("java.lang.IllegalArgumentException at dev.hufu.service.config.StartFailuresTest")
                .doesNotContain("E000001");
        assertThat(told.getAction()).contains("hufu doctor");
    }

    private static FailureAnalysis told(Throwable failure) {
        return analyzers().stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** As Spring Boot asks them, in their order. */
    private static List<FailureAnalyzer> analyzers() {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.FailureHandler.logging(
                                org.apache.commons.logging.LogFactory.getLog(StartFailuresTest.class)));
    }
}
