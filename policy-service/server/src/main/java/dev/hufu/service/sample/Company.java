package dev.hufu.service.sample;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The group as an organisation: 8 brands, 5 regions, 17 countries, sites, and 17 units of level 1. All values are invented; a
 * site is a country and a number, never an address.
 */
final class Company {
    /** What happens at a site, which decides who works there. */
    enum SiteKind {
        OFFICE('O', 0.34),
        STORES('S', 0.30),
        PLANT('P', 0.24),
        WAREHOUSE('W', 0.12);

        private final char letter;
        private final double share;

        SiteKind(char letter, double share) {
            this.letter = letter;
            this.share = share;
        }
    }

    /**
     * @param share of the group's people
     * @param pay level of pay against China, in yuan
     */
    record Country(String code, String region, String regionCode, double share, double pay) {}

    /** @param weight of the site within its country */
    record Site(String name, Country country, SiteKind kind, int brand, double weight, double pay) {}

    /** Weights of a unit at the kinds of site: its part of the people there. */
    record Staffing(double offices, double stores, double plants, double warehouses) {
        double at(SiteKind kind) {
            return switch (kind) {
                case OFFICE -> offices;
                case STORES -> stores;
                case PLANT -> plants;
                case WAREHOUSE -> warehouses;
            };
        }
    }

    /**
     * A unit of level 1.
     *
     * @param staffing where its people are
     * @param pay against the group's mean for the same grade
     * @param women share of women
     * @param churn turnover against the group's mean
     * @param tilt of grades: above 0 more senior
     */
    record OrgUnit(String name, String code, Staffing staffing, double pay, double women, double churn, double tilt) {
        /** Works by rota, weekends included. */
        boolean byRota() {
            return staffing.stores + staffing.plants + staffing.warehouses > 0.5;
        }
    }

    static final String[] BRANDS = {"Qinglan", "Solvane", "Hanfeng", "Tessaro", "Yunque", "Ostrea", "Kestrel", "Marlow"
    };
    private static final double[] BRAND_PAY = {1.04, 1.00, 0.97, 1.02, 0.95, 1.06, 0.98, 1.10};
    static final double[] BRAND_CUMULATIVE = Draws.cumulative(0.24, 0.19, 0.15, 0.13, 0.11, 0.09, 0.06, 0.03);

    static final List<Country> COUNTRIES = List.of(
            new Country("CN", "China", "CN", 0.620, 1.00),
            new Country("JP", "Asia Pacific", "AP", 0.045, 1.50),
            new Country("KR", "Asia Pacific", "AP", 0.025, 1.40),
            new Country("SG", "Asia Pacific", "AP", 0.020, 1.90),
            new Country("MY", "Asia Pacific", "AP", 0.020, 0.80),
            new Country("TH", "Asia Pacific", "AP", 0.020, 0.70),
            new Country("VN", "Asia Pacific", "AP", 0.025, 0.55),
            new Country("DE", "Europe", "EU", 0.040, 2.20),
            new Country("FR", "Europe", "EU", 0.035, 2.00),
            new Country("IT", "Europe", "EU", 0.030, 1.80),
            new Country("GB", "Europe", "EU", 0.025, 2.00),
            new Country("ES", "Europe", "EU", 0.015, 1.60),
            new Country("US", "Americas", "AM", 0.035, 2.50),
            new Country("MX", "Americas", "AM", 0.015, 0.75),
            new Country("BR", "Americas", "AM", 0.012, 0.70),
            new Country("AE", "Middle East", "ME", 0.012, 1.60),
            new Country("SA", "Middle East", "ME", 0.006, 1.30));

    /** Weights at offices, stores, plants and warehouses, then pay, women, churn and tilt. */
    static final List<OrgUnit> ORG_UNITS = List.of(
            unit("Retail Operations", "RET", 0.00, 0.86, 0.00, 0.00, 0.90, 0.68, 1.55, -0.10),
            unit("Manufacturing", "MFG", 0.00, 0.00, 0.71, 0.00, 0.94, 0.41, 1.00, -0.06),
            unit("Supply Chain", "SCM", 0.05, 0.00, 0.06, 0.80, 0.95, 0.38, 1.10, -0.05),
            unit("Customer Service", "CUS", 0.13, 0.06, 0.00, 0.00, 0.92, 0.64, 1.30, -0.06),
            unit("Research and Development", "RND", 0.10, 0.00, 0.05, 0.00, 1.14, 0.33, 0.65, 0.10),
            unit("Digital and IT", "DIG", 0.12, 0.00, 0.00, 0.00, 1.16, 0.29, 0.85, 0.08),
            unit("Marketing", "MKT", 0.09, 0.02, 0.00, 0.00, 1.03, 0.61, 0.95, 0.04),
            unit("Wholesale", "WHS", 0.12, 0.00, 0.00, 0.00, 1.05, 0.45, 0.90, 0.03),
            unit("Finance", "FIN", 0.09, 0.00, 0.02, 0.02, 1.06, 0.58, 0.60, 0.05),
            unit("Human Resources", "HRM", 0.05, 0.01, 0.02, 0.01, 1.00, 0.71, 0.60, 0.04),
            unit("Quality", "QUA", 0.01, 0.00, 0.08, 0.03, 0.99, 0.47, 0.70, 0.00),
            unit("E-commerce", "ECO", 0.11, 0.00, 0.00, 0.11, 1.02, 0.54, 1.05, 0.00),
            unit("Design", "DES", 0.05, 0.00, 0.00, 0.00, 1.07, 0.62, 0.80, 0.05),
            unit("Procurement", "PRO", 0.045, 0.00, 0.02, 0.00, 1.02, 0.50, 0.65, 0.04),
            unit("Legal and Compliance", "LEG", 0.018, 0.00, 0.00, 0.00, 1.15, 0.57, 0.50, 0.10),
            unit("Internal Audit", "AUD", 0.007, 0.00, 0.00, 0.00, 1.10, 0.49, 0.55, 0.10),
            unit("Facilities and Safety", "FAC", 0.01, 0.05, 0.04, 0.03, 0.93, 0.36, 0.80, -0.03));

    private static final Map<String, Double> REGION_SHARE = COUNTRIES.stream()
            .collect(Collectors.groupingBy(Country::region, Collectors.summingDouble(Country::share)));

    static final int FINANCE = 8;

    /** Grades G01 … G12; the last is the group's board and its like, a handful of people. */
    static final int GRADES = 12;

    private static final double[] GRADE_WEIGHTS = {12, 16, 17, 15, 12.5, 10, 7.5, 5, 3, 1.5, 0.48, 0.015};

    private final List<Site> sites;
    private final double[] countryCumulative;
    private final double[][] siteCumulative;
    private final int[] firstSite;
    private final Map<SiteKind, double[]> unitCumulative = new EnumMap<>(SiteKind.class);
    private final double[][] gradeCumulative = new double[ORG_UNITS.size()][];

    Company(long seed) {
        this.sites = new ArrayList<>();
        this.countryCumulative =
                Draws.cumulative(COUNTRIES.stream().mapToDouble(Country::share).toArray());
        this.siteCumulative = new double[COUNTRIES.size()][];
        this.firstSite = new int[COUNTRIES.size()];
        for (int c = 0; c < COUNTRIES.size(); c++) {
            firstSite[c] = sites.size();
            addSites(COUNTRIES.get(c), Draws.of(seed, Draws.Topic.COMPANY, c));
            siteCumulative[c] = Draws.cumulative(sites.subList(firstSite[c], sites.size()).stream()
                    .mapToDouble(Site::weight)
                    .toArray());
        }
        for (SiteKind kind : SiteKind.values()) {
            unitCumulative.put(
                    kind,
                    Draws.cumulative(ORG_UNITS.stream()
                            .mapToDouble(u -> u.staffing.at(kind))
                            .toArray()));
        }
        for (int u = 0; u < ORG_UNITS.size(); u++) {
            double tilt = ORG_UNITS.get(u).tilt;
            double[] weights = GRADE_WEIGHTS.clone();
            for (int g = 0; g < GRADES - 1; g++) {
                weights[g] *= StrictMath.exp(tilt * (g - 4));
            }
            gradeCumulative[u] = Draws.cumulative(weights);
        }
    }

    /** Per kind some sites of falling size, then one with a handful of people. */
    private void addSites(Country country, Draws draws) {
        for (SiteKind kind : SiteKind.values()) {
            int count = Math.max(1, (int) StrictMath.round(country.share * 62 * (0.5 + kind.share)));
            double[] sizes = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sizes[i] = 1 / StrictMath.pow(i + 1, 0.7);
                sum += sizes[i];
            }
            for (int i = 0; i < count; i++) {
                String name = "%s-%c%02d".formatted(country.code, kind.letter, i + 1);
                double tier = 1.06 - 0.12 * i / count;
                sites.add(
                        new Site(name, country, kind, draws.pick(BRAND_CUMULATIVE), kind.share * sizes[i] / sum, tier));
            }
        }
        double handful = 6 / (country.share * 60_000);
        sites.add(new Site(country.code + "-O90", country, SiteKind.OFFICE, 0, handful, 1));
    }

    private static OrgUnit unit(
            String name,
            String code,
            double offices,
            double stores,
            double plants,
            double warehouses,
            double pay,
            double women,
            double churn,
            double tilt) {
        return new OrgUnit(name, code, new Staffing(offices, stores, plants, warehouses), pay, women, churn, tilt);
    }

    Site site(Draws draws) {
        int country = draws.pick(countryCumulative);
        return sites.get(firstSite[country] + draws.pick(siteCumulative[country]));
    }

    /** The largest office in China, where the demo's employee works. */
    Site headOffice() {
        return sites.getFirst();
    }

    OrgUnit orgUnit(SiteKind kind, Draws draws) {
        return ORG_UNITS.get(draws.pick(Objects.requireNonNull(unitCumulative.get(kind))));
    }

    /** 1 … 12. */
    int grade(OrgUnit unit, Draws draws) {
        return 1 + draws.pick(gradeCumulative[ORG_UNITS.indexOf(unit)]);
    }

    /** The share of the group's people who are expected in a unit in a region. */
    static double expectedShare(OrgUnit unit, String region) {
        double people = 0;
        for (SiteKind kind : SiteKind.values()) {
            double all =
                    ORG_UNITS.stream().mapToDouble(u -> u.staffing.at(kind)).sum();
            people += kind.share * unit.staffing.at(kind) / all;
        }
        return people * REGION_SHARE.getOrDefault(region, 0.0);
    }

    /** A store sells mostly one brand; elsewhere brands mix. */
    static int brand(Site site, Draws draws) {
        double loyalty = site.kind == SiteKind.STORES ? 0.9 : 0.5;
        return draws.chance(loyalty) ? site.brand : draws.pick(BRAND_CUMULATIVE);
    }

    static double brandPay(int brand) {
        return BRAND_PAY[brand];
    }
}
