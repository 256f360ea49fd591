package dev.hufu.service.sample;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Fills the tables of people and of their spells. Names and numbers of people are in the roster and nowhere else. */
final class SampleRoster {
    private final Population population;

    SampleRoster(Population population) {
        this.population = population;
    }

    void spells(DuckDBConnection c) throws SQLException {
        try (DuckDBAppender rows = c.createAppender("fact", "spell_text")) {
            int number = 0;
            for (Person person : population.people()) {
                String id = person.employeeId();
                for (Person.Spell spell : person.spells()) {
                    append(rows.beginRow().append(number).append(id), person, spell)
                            .endRow();
                    number++;
                }
            }
        }
        try (Statement s = c.createStatement()) {
            s.execute(SampleTables.enumerate());
        }
    }

    /** In the order of {@link SampleTables#DIMENSIONS}. */
    private static DuckDBAppender append(DuckDBAppender row, Person person, Person.Spell spell) throws SQLException {
        Position place = spell.place();
        Company.Site site = place.site();
        return row.append(Company.BRANDS[place.brand()])
                .append(site.country().region())
                .append(site.country().code())
                .append(site.name())
                .append(place.orgUnit().name())
                .append(place.unit2())
                .append(place.team())
                .append(Character.toString(person.gender()))
                .append(spell.grade() < 10 ? "G0" + spell.grade() : "G" + spell.grade())
                .append(spell.ageBand())
                .append(spell.tenureBand())
                .append(spell.contractType());
    }

    /** A row a person, current or former, joined to the last of their spells. */
    void people(DuckDBConnection c) throws SQLException {
        Person[] people = population.people();
        try (DuckDBAppender rows = c.createAppender("fact", "person")) {
            for (int i = 0; i < people.length; i++) {
                Person person = people[i];
                Draws draws = Draws.of(population.spec().seed(), Draws.Topic.IDENTITY, person.number());
                String country =
                        person.spells().getFirst().place().site().country().code();
                Names.Name name = Names.draw(country, person.gender(), draws);
                LocalDate left = person.left();
                rows.beginRow()
                        .append(population.firstSpell(i) + person.spells().size() - 1)
                        .append(name.name())
                        .append(name.latin())
                        .append(person.born())
                        .append(IdNumbers.residentId(person.number(), person.born(), person.gender()))
                        .append(IdNumbers.bankAccount(person.number()))
                        .append(person.hired());
                if (left == null) {
                    rows.appendNull();
                } else {
                    rows.append(left);
                }
                rows.endRow();
            }
        }
    }
}
