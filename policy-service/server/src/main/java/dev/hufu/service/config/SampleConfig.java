package dev.hufu.service.config;

import dev.hufu.service.analytics.imports.CsvLimits;
import dev.hufu.service.analytics.imports.ImportService;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.StoreLimits;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.sample.SampleCompany;
import dev.hufu.service.sample.SampleProgress;
import dev.hufu.service.sample.SampleStart;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** People data: the store, what demo mode puts into it, and what is imported. */
@Configuration(proxyBeanMethods = false)
class SampleConfig {
    @Bean
    PeopleStore peopleStore(DataDirectory directory) {
        return PeopleStore.open(directory.data().resolve("people.duckdb"), StoreLimits.forThisMachine());
    }

    @Bean
    SampleProgress sampleProgress(HufuProperties properties) {
        return new SampleProgress(properties.demo());
    }

    /** Run by whoever brings the start in order; nothing is loaded while the context is made. */
    @Bean
    SampleStart sampleStart(PeopleStore store, SampleProgress progress, Clock clock, HufuProperties properties) {
        HufuProperties.Sample sample = properties.sample();
        return new SampleStart(new SampleCompany(store, progress), progress, clock, sample.seed(), sample.employees());
    }

    @Bean
    ImportService importService(
            PeopleStore store,
            Registers registers,
            AuditTrail trail,
            Clock clock,
            ObjectProvider<ImportService.Listener> listeners) {
        return new ImportService(
                store,
                registers,
                trail,
                clock,
                CsvLimits.DEFAULT,
                report -> listeners.orderedStream().forEach(l -> l.imported(report)));
    }
}
