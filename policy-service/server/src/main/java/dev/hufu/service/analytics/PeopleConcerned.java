package dev.hufu.service.analytics;

import dev.hufu.service.audit.Cohort;
import dev.hufu.service.keys.SubjectRegister;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.request.DatasetName;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Whom a decision that another system carries out is about. Thread-safe. */
public final class PeopleConcerned {
    private final SubjectRegister subjects;
    private final Publications publications;

    public PeopleConcerned(SubjectRegister subjects, Publications publications) {
        this.subjects = subjects;
        this.publications = publications;
    }

    /**
     * The people whom an ask names.
     *
     * @throws UnknownPersonException when nobody has one of the ids
     */
    public Cohort named(List<String> employeeIds) {
        var people = new RoaringBitmap();
        for (int i = 0; i < employeeIds.size(); i++) {
            int position = i;
            people.add(subjects.find(employeeIds.get(i)).orElseThrow(() -> new UnknownPersonException(position)));
        }
        return new Cohort(Cohort.Kind.INDIVIDUAL, people);
    }

    /** Everybody of a dataset's population, whatever the period; empty while nothing of it is published. */
    public Optional<Cohort> everybody(DatasetName dataset) {
        Publications.Current now = publications.current();
        return Optional.ofNullable(now.registered().get(dataset.value()))
                .map(RegisteredDataset::population)
                .map(now.people()::get)
                .map(people -> new Cohort(Cohort.Kind.DATASET, people));
    }
}
