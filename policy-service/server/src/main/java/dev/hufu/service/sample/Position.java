package dev.hufu.service.sample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A place of work that is always filled, or nearly: somebody leaves, somebody else comes. So joiners equal leavers in every month
 * and the headcount holds, without anything being simulated in order.
 *
 * @param number 1 … N; the current employee in it has the same number
 * @param brand index into {@link Company#BRANDS}
 * @param unit2 the second level below {@code orgUnit}, within one region
 * @param team 3 to 24 people of one unit2 at one site
 * @param grade of the first occupant
 */
record Position(
        int number, Company.Site site, int brand, Company.OrgUnit orgUnit, String unit2, String team, int grade) {
    private static final int PEOPLE_A_UNIT2 = 350;

    /** The demo account {@code employee}: an ordinary place in a unit of ordinary size. */
    static final int DEMO = 1;

    /** All positions, in order of number. */
    static Position[] all(Company company, SampleSpec spec) {
        Position[] positions = new Position[spec.employees()];
        IntStream.range(0, positions.length).parallel().forEach(i -> positions[i] = drawn(company, spec, i + 1));
        Map<String, Integer> teamsOfUnit2 = new HashMap<>();
        Map<String, OpenTeam> openTeams = new HashMap<>();
        for (int i = 0; i < positions.length; i++) {
            Position p = positions[i];
            String where = p.unit2 + '@' + p.site.name();
            OpenTeam team = openTeams.get(where);
            if (team == null || team.left == 0) {
                int number = teamsOfUnit2.merge(p.unit2, 1, Integer::sum);
                team = new OpenTeam("%s-T%03d".formatted(p.unit2, number), teamSize(spec.seed(), p.number));
                openTeams.put(where, team);
            }
            team.left--;
            positions[i] = new Position(p.number, p.site, p.brand, p.orgUnit, p.unit2, team.name, p.grade);
        }
        return positions;
    }

    /** A team that still takes people. */
    private static final class OpenTeam {
        private final String name;
        private int left;

        private OpenTeam(String name, int left) {
            this.name = name;
            this.left = left;
        }
    }

    /** Mostly 6 to 14, now and then 3 or 24. */
    private static int teamSize(long seed, int number) {
        Draws draws = Draws.of(seed, Draws.Topic.POSITION, -number);
        return Math.clamp(StrictMath.round(10 + 4 * draws.gaussian()), 3, 24);
    }

    private static Position drawn(Company company, SampleSpec spec, int number) {
        if (number == DEMO) {
            Company.OrgUnit finance = Company.ORG_UNITS.get(Company.FINANCE);
            return new Position(
                    number, company.headOffice(), 0, finance, unit2(finance, company.headOffice(), spec, 0), "", 5);
        }
        Draws draws = Draws.of(spec.seed(), Draws.Topic.POSITION, number);
        Company.Site site = company.site(draws);
        Company.OrgUnit unit = company.orgUnit(site.kind(), draws);
        return new Position(
                number,
                site,
                Company.brand(site, draws),
                unit,
                unit2(unit, site, spec, draws.below(2)),
                "",
                company.grade(unit, draws));
    }

    /** Sites of a region share its second-level units; their number follows from the unit's expected size there. */
    private static String unit2(Company.OrgUnit unit, Company.Site site, SampleSpec spec, int neighbour) {
        double people =
                spec.employees() * Company.expectedShare(unit, site.country().region());
        int units = Math.max(1, (int) StrictMath.round(people / PEOPLE_A_UNIT2));
        int index = 1 + Math.floorMod(site.name().hashCode() * 31 + neighbour, units);
        return unit.code() + '-' + site.country().regionCode() + (index < 10 ? "-0" : "-") + index;
    }

    /** The mean of the units' turnover over all positions, by which single turnovers are scaled. */
    static double meanChurn(Position[] positions) {
        return Arrays.stream(positions)
                .mapToDouble(p -> p.orgUnit.churn())
                .average()
                .orElseThrow();
    }
}
