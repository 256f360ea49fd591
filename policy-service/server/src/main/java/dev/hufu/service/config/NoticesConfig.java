package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.keys.SubjectRegister;
import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.notices.OwnUses;
import dev.hufu.service.registers.Registers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What employees see. */
@Configuration(proxyBeanMethods = false)
class NoticesConfig {
    @Bean
    OwnUses ownUses(SubjectRegister subjects, AuditTrail trail) {
        return new OwnUses(subjects, trail);
    }

    @Bean
    NoticeBook noticeBook(Registers registers) {
        return new NoticeBook(registers);
    }
}
