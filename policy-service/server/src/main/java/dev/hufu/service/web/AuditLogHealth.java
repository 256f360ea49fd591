package dev.hufu.service.web;

import dev.hufu.service.audit.AuditTrail;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the audit log takes entries, without which nothing is released, and its files are whole. Thread-safe. */
public final class AuditLogHealth implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogHealth.class);

    private final AuditTrail trail;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean damaged = new AtomicBoolean();

    public AuditLogHealth(AuditTrail trail) {
        this.trail = trail;
    }

    /** @throws ProblemException when the log has stopped */
    void require() {
        if (!accepting()) {
            throw stopped();
        }
    }

    private boolean accepting() {
        trail.health().stopped().ifPresent(why -> {
            if (!told.getAndSet(true)) {
                LOG.error("{}", why);
            }
        });
        return trail.health().accepting();
    }

    static ProblemException stopped() {
        return new ProblemException(
                ProblemType.LOG_STOPPED,
                "The audit log cannot write, so nothing was released. Tell the operator: `hufu doctor` says what is wrong; once it"
                        + " is mended, restart Hufu.",
                "审计日志无法写入，因此没有发布任何数据。请联系运维人员：`hufu doctor` 会说明原因；排除后请重启 Hufu。");
    }

    /** Red from now on until a restart finds all files whole: some of the log's do not hold what was logged. */
    public void damaged() {
        damaged.set(true);
    }

    @Override
    public Health health() {
        return (accepting() && !damaged.get() ? Health.up() : Health.down()).build();
    }
}
