package dev.hufu.service.sample;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What the start does about the sample company: in demo mode it is there afterwards, otherwise nothing happens. Thread-safe. */
public final class SampleStart {
    private final SampleCompany company;
    private final SampleProgress progress;
    private final Clock clock;
    private final long seed;
    private final int employees;

    /**
     * @param seed what a first start generates from
     * @param employees current employees of the company that a first start generates
     */
    public SampleStart(SampleCompany company, SampleProgress progress, Clock clock, long seed, int employees) {
        this.company = company;
        this.progress = progress;
        this.clock = clock;
        this.seed = seed;
        this.employees = employees;
    }

    /**
     * Returns when the sample is there, or at once where none is wanted; a second call finds it there.
     *
     * @return what the sample was generated from
     */
    public Optional<SampleSpec> run() {
        if (progress.status().state() == SampleProgress.State.NOT_WANTED) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Optional.of(company.ensure(SampleSpec.before(today, seed, employees)));
    }
}
