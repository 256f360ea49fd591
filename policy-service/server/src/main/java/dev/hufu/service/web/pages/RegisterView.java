package dev.hufu.service.web.pages;

import java.util.List;

/** One register that rules look into, as an author reads it. */
record RegisterView(String wire, String title, int inForce, List<Row> rows) {
    /** @param valid from which day to which, empty where a record has none */
    record Row(String id, String title, String valid, boolean inForce) {}

    /** A part of a record. */
    record Section(String title, List<PolicyView.Fact> facts) {}

    /** A whole record, its own facts first. */
    record Whole(String register, Row row, List<Section> sections) {}
}
