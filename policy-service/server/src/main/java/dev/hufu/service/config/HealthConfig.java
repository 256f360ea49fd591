package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.web.AuditLogHealth;
import dev.hufu.service.web.DiskRoom;
import dev.hufu.service.web.Readiness;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What {@code GET /actuator/health} is made of, besides the database. */
@Configuration(proxyBeanMethods = false)
class HealthConfig {
    /**
     * @param low free bytes under which health is red
     * @param least free bytes under which nothing more is taken, so that no write is left half done
     */
    @Bean
    DiskRoom disk(
            DataDirectory directory,
            @Value("${hufu.disk.low:256MB}") DataSize low,
            @Value("${hufu.disk.least:64MB}") DataSize least) {
        if (least.toBytes() < 0 || low.compareTo(least) < 0) {
            throw new DataDirectoryUnusableException(
                    "HUFU_DISK_LEAST (" + least + ") must be at least 0 and at most HUFU_DISK_LOW (" + low + ").",
                    "Set both, for example HUFU_DISK_LOW=1GB HUFU_DISK_LEAST=256MB, or leave them at their defaults.");
        }
        return new DiskRoom(List.of(directory.data(), directory.keys()), low.toBytes(), least.toBytes());
    }

    @Bean
    AuditLogHealth auditLog(AuditTrail trail) {
        return new AuditLogHealth(trail);
    }

    @Bean
    Readiness questions(AuditLogHealth log, DiskRoom disk) {
        return new Readiness(log, disk);
    }
}
