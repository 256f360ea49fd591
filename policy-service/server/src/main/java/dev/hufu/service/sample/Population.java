package dev.hufu.service.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everybody who works or worked for the group in the 24 months: the current employees as 1 … N, former ones after them.
 *
 * <p>At each month's end 1.2 % of the positions are left: 96 in 100 are taken over by somebody new the next month, in the others
 * the same person comes back after 2 to 6 months. Each position draws its own chain of occupants, each person their own career;
 * nothing depends on the order of work or the number of threads.
 */
final class Population {
    static final double MONTHLY_CHURN = 0.012;
    private static final double RETURNS = 0.04;

    private final SampleSpec spec;
    private final Position[] positions;
    private final Person[] people;
    private final int[] firstSpell;

    private Population(SampleSpec spec, Position[] positions, Person[] people) {
        this.spec = spec;
        this.positions = positions;
        this.people = people;
        this.firstSpell = new int[people.length + 1];
        for (int i = 0; i < people.length; i++) {
            firstSpell[i + 1] = firstSpell[i] + people[i].spells().size();
        }
    }

    /** Months of one occupant: {@code [from, to]}, and for one who came back {@code [backFrom, backTo]}, else −1. */
    record Occupant(int from, int to, int backFrom, int backTo) {
        int last() {
            return backFrom < 0 ? to : backTo;
        }
    }

    static Population of(SampleSpec spec) {
        Position[] positions = Position.all(new Company(spec.seed()), spec);
        double meanChurn = Position.meanChurn(positions);
        Occupant[][] chains = new Occupant[positions.length][];
        IntStream.range(0, positions.length).parallel().forEach(i -> chains[i] = chain(spec, positions[i], meanChurn));
        int[] firstFormer = new int[positions.length];
        int next = positions.length;
        for (int i = 0; i < positions.length; i++) {
            firstFormer[i] = next;
            next += chains[i].length - 1;
        }
        Person[] people = new Person[next];
        var careers = new Careers(spec, positions);
        IntStream.range(0, positions.length).parallel().forEach(i -> {
            Occupant[] chain = chains[i];
            for (int k = 0; k < chain.length - 1; k++) {
                int index = firstFormer[i] + k;
                people[index] = careers.person(index + 1, positions[i], chain[k]);
            }
            people[i] = careers.person(i + 1, positions[i], chain[chain.length - 1]);
        });
        return new Population(spec, positions, people);
    }

    private static Occupant[] chain(SampleSpec spec, Position position, double meanChurn) {
        int last = SampleSpec.MONTHS - 1;
        if (position.number() == Position.DEMO) {
            return new Occupant[] {new Occupant(0, last, -1, -1)};
        }
        Draws draws = Draws.of(spec.seed(), Draws.Topic.CHURN, position.number());
        double hazard = MONTHLY_CHURN * position.orgUnit().churn() / meanChurn;
        List<Occupant> chain = new ArrayList<>(2);
        int from = 0;
        for (int month = 1; month <= last; month++) {
            if (!draws.chance(hazard)) {
                continue;
            }
            int back = month + 2 + draws.below(5);
            boolean returns = draws.chance(RETURNS) && back <= last;
            if (returns) {
                int until = back;
                while (until < last && !draws.chance(hazard)) {
                    until++;
                }
                chain.add(new Occupant(from, month - 1, back, until));
                month = until + 1;
            } else {
                chain.add(new Occupant(from, month - 1, -1, -1));
            }
            from = month;
        }
        if (from <= last) {
            chain.add(new Occupant(from, last, -1, -1));
        }
        return chain.toArray(Occupant[]::new);
    }

    SampleSpec spec() {
        return spec;
    }

    /** By number minus one. */
    Person[] people() {
        return people;
    }

    int currentEmployees() {
        return positions.length;
    }

    int spells() {
        return firstSpell[people.length];
    }

    /** Number of a person's first spell among all spells, which are numbered by person. */
    int firstSpell(int person) {
        return firstSpell[person];
    }

    /** The spell number of each person in a month, −1 where not employed. */
    int[] spellsIn(int month) {
        int[] numbers = new int[people.length];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < people.length; i++) {
            List<Person.Spell> spells = people[i].spells();
            for (int s = 0; s < spells.size(); s++) {
                if (spells.get(s).from() <= month && month <= spells.get(s).to()) {
                    numbers[i] = firstSpell[i] + s;
                }
            }
        }
        return numbers;
    }
}
