package dev.hufu.service.analytics;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.publication.ExpectedError;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.publication.Statistic;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.Obligation;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.request.Action;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** From SQL to a protected result, in the steps of the path. Thread safe. */
public final class Statistics {
    private final Publications publications;
    private final Clock clock;

    /** Statistics over what is published. */
    public Statistics(Publications publications, Clock clock) {
        this.publications = publications;
        this.clock = clock;
    }

    /**
     * The catalogue that queries are read against; its dimension values are public to analysts.
     *
     * @throws PublicationsNotReadyException while nothing is published yet
     */
    public Catalogue catalogue() {
        return publications.current().catalogue();
    }

    /**
     * The periods that a dataset is published for, in order; public to analysts.
     *
     * @throws PublicationsNotReadyException while nothing is published yet
     */
    public List<String> periods(String dataset) {
        return catalogue()
                .dataset(dataset)
                .map(d -> publications.current().publications().get(d.population()))
                .map(Publication::periods)
                .orElse(List.of());
    }

    /**
     * Reads a query against the catalogue.
     *
     * @throws dev.hufu.anonymizer.query.SqlRefusedException if the text is not in the language
     * @throws PublicationsNotReadyException while nothing is published yet
     */
    public ParsedQuery parse(String sql) {
        return publications.current().language().parse(sql);
    }

    /**
     * Applies a permit's obligations.
     *
     * @throws IllegalArgumentException if the decision is no permit, or was taken for another query
     * @throws ObligationUnmetException if it carries an obligation that a statistic cannot meet
     */
    public Plan plan(Decision decision, ParsedQuery query) {
        if (!decision.permitted() || decision.request().action() != Action.QUERY) {
            throw new IllegalArgumentException("a plan needs a permit to query");
        }
        boolean same =
                decision.request().dataset().value().equals(query.dataset().name())
                        && new HashSet<>(decision.request().fields()).containsAll(query.fields());
        if (!same) {
            throw new IllegalArgumentException("the decision was taken for another query");
        }
        Publication publication = publication(query);
        int k = stewards(query.dataset().name());
        List<Condition> restrictions = new ArrayList<>();
        for (Obligation obligation : decision.obligations()) {
            switch (obligation) {
                case Obligation.MinGroupSize m -> k = Math.max(k, m.value());
                case Obligation.Dominance d -> requireBuilt(d, publication);
                case Obligation.RowFilter f -> restrictions.add(restriction(f, query.dataset()));
                case Obligation.Fields f -> requireUntouched(f, query);
                case Obligation.ExpiresAt e -> requireBefore(e);
                // Each statistic stands in the usage record of everyone within it.
                case Obligation.Notify _ -> {}
                case Obligation.Dp o -> throw new ObligationUnmetException(o.type());
                case Obligation.HumanReview o -> throw new ObligationUnmetException(o.type());
                case Obligation.Explain o -> throw new ObligationUnmetException(o.type());
                case Obligation.SecondApproval o -> throw new ObligationUnmetException(o.type());
                case Obligation.Watermark o -> throw new ObligationUnmetException(o.type());
            }
        }
        return new Plan(decision, query, publication, new Condition.And(restrictions), k);
    }

    /** What can be said of a plan without running it. */
    public PreCheck preCheck(Plan plan) {
        Publication publication = plan.publication();
        ParsedQuery query = plan.query();
        int k = Math.max(publication.parameters().k(), plan.minGroupSize());
        return new PreCheck(
                query.dataset().name(),
                query.fields(),
                publication.id(),
                publication.periods().getLast(),
                k,
                ExpectedError.of(publication, query, k));
    }

    /** Runs a plan against the publication it was made for. */
    public Protected run(Plan plan) {
        Answer answer =
                new Statistic(plan.publication(), plan.query(), plan.restriction(), plan.minGroupSize()).answer();
        return new Protected(
                plan.decision(), answer, ExpectedError.of(plan.publication(), plan.query(), plan.minGroupSize()));
    }

    private Publication publication(ParsedQuery query) {
        Publication publication =
                publications.current().publications().get(query.dataset().population());
        if (publication == null) {
            throw new PublicationsNotReadyException();
        }
        return publication;
    }

    private int stewards(String dataset) {
        RegisteredDataset registered = publications.current().registered().get(dataset);
        return registered == null ? 0 : registered.minGroupSize().orElse(0);
    }

    /** Dominance is checked while measures are still known, at the build; a stricter rule than the build's cannot be added. */
    private static void requireBuilt(Obligation.Dominance asked, Publication publication) {
        if (asked.n() != 1 || asked.percent() < publication.parameters().dominancePercent()) {
            throw new ObligationUnmetException(asked.type());
        }
    }

    /** Where the whole column is dropped, masked or generalised there is nothing left that a statistic could be made of. */
    private static void requireUntouched(Obligation.Fields fields, ParsedQuery query) {
        boolean touched = query.fields().stream()
                .anyMatch(f -> fields.drop().contains(f)
                        || fields.mask().contains(f)
                        || fields.generalise().contains(f));
        if (touched) {
            throw new ObligationUnmetException(fields.type());
        }
    }

    private void requireBefore(Obligation.ExpiresAt expiry) {
        if (!clock.instant().isBefore(expiry.value())) {
            throw new ObligationUnmetException(expiry.type());
        }
    }

    private static Condition restriction(Obligation.RowFilter filter, Dataset dataset) {
        Optional<Column> column = dataset.column(filter.column());
        if (column.isEmpty() || !(column.get() instanceof Column.Dimension dimension)) {
            throw new ObligationUnmetException(filter.type());
        }
        List<Constant> constants = new ArrayList<>();
        for (String value : filter.values()) {
            constants.add(constant(dimension, value, filter));
        }
        return new Condition.In(new Term.OfDimension(dimension), constants);
    }

    private static Constant constant(Column.Dimension dimension, String value, Obligation.RowFilter filter) {
        if (dimension.type() == ValueType.TEXT) {
            return new Constant.Text(value);
        }
        try {
            return new Constant.Numeric(BigDecimal.valueOf(Long.parseLong(value)));
        } catch (NumberFormatException _) {
            throw new ObligationUnmetException(filter.type());
        }
    }
}
