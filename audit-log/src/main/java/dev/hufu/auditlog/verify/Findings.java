package dev.hufu.auditlog.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects findings, up to a bound: a log that is wrong everywhere needs no list of it all. Not thread-safe. */
final class Findings {
    private static final int MOST = 1000;

    private final List<Finding> list = new ArrayList<>();

    void add(Finding finding) {
        if (list.size() < MOST) {
            list.add(finding);
        }
    }

    List<Finding> list() {
        return List.copyOf(list);
    }
}
