package dev.hufu.service.gate;

import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.gate.OpaServer.Deadline;
import dev.hufu.service.gate.OpaServer.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * What Hufu keeps on an OPA server: the modules of one bundle and one snapshot of the facts. Modules go one at a time, and what is
 * half done is never judged by, as each states whose it is; facts and their digest go in one transaction. Thread-safe.
 */
final class OpaStore {
    /** Longest listing of modules, in bytes; it holds their syntax trees, for the shipped policy 300,000. */
    private static final int MAX_LISTING = 64 << 20;

    private static final String TEXT = "text/plain";
    private static final String JSON = "application/json";
    private static final Held NOTHING = new Held("", "");
    private static final Reply DONE = new Reply.Taken(null);

    private final OpaServer server;
    private final AtomicReference<Held> held = new AtomicReference<>(NOTHING);

    /** Held by whoever writes to the server. */
    private final ReentrantLock writing = new ReentrantLock();

    /** What is known to have been taken: digests of bundle and facts. */
    private record Held(String bundle, String facts) {
        static Held of(OpaModules modules, FactsSnapshot facts) {
            return new Held(modules.digest(), facts.digest());
        }
    }

    OpaStore(OpaServer server) {
        this.server = server;
    }

    /** Puts there what was not yet taken; at once done where all was. */
    Reply hold(OpaModules modules, FactsSnapshot facts, Deadline deadline) {
        Held wanted = Held.of(modules, facts);
        if (held.get().equals(wanted)) {
            return DONE;
        }
        try {
            if (!writing.tryLock(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)) {
                return new Reply.Failed("it takes policy and facts too slowly");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Failed("interrupted");
        }
        try {
            Held before = held.get();
            if (before.equals(wanted)) {
                return DONE;
            }
            held.set(NOTHING);
            Reply reply = before.bundle().equals(wanted.bundle()) ? DONE : modules(modules, deadline);
            if (reply instanceof Reply.Taken) {
                reply = facts(facts, deadline);
            }
            if (reply instanceof Reply.Taken) {
                held.set(wanted);
            }
            return reply;
        } finally {
            writing.unlock();
        }
    }

    /** The server has turned out not to hold it. */
    void forget(OpaModules modules, FactsSnapshot facts) {
        Held lost = Held.of(modules, facts);
        held.updateAndGet(now -> now.equals(lost) ? NOTHING : now);
    }

    private Reply facts(FactsSnapshot facts, Deadline deadline) {
        String patch = "[{\"op\":\"add\",\"path\":\"/facts\",\"value\":" + facts.document()
                + "},{\"op\":\"add\",\"path\":\"/hufu_facts\",\"value\":{\"digest\":\"" + facts.digest() + "\"}}]";
        return server.exchange("PATCH", "/v1/data", JSON, patch, MAX_LISTING, deadline);
    }

    /** In place of what is there, and where that stands in the way, after it is taken away. */
    private Reply modules(OpaModules modules, Deadline deadline) {
        Reply listing = server.exchange("GET", "/v1/policies", JSON, "", MAX_LISTING, deadline);
        if (!(listing instanceof Reply.Taken(JsonNode document)) || document == null) {
            return listing;
        }
        List<String> there = document.path("result")
                .valueStream()
                .map(module -> module.path("id").asString(""))
                .filter(id -> id.startsWith(OpaModules.PREFIX))
                .toList();
        var puts = new ArrayList<Write>();
        new TreeMap<>(modules.modules()).forEach((id, text) -> puts.add(new Write("PUT", id, text)));
        List<Write> old = there.stream()
                .filter(id -> !modules.modules().containsKey(id))
                .map(id -> new Write("DELETE", id, ""))
                .toList();
        Reply reply = inTurn(puts, deadline);
        if (reply instanceof Reply.Refused) {
            reply = inTurn(there.stream().map(id -> new Write("DELETE", id, "")).toList(), deadline);
            return reply instanceof Reply.Taken ? inTurn(puts, deadline) : reply;
        }
        return reply instanceof Reply.Taken ? inTurn(old, deadline) : reply;
    }

    /** A change of one module. */
    private record Write(String method, String id, String text) {
        String path() {
            return "/v1/policies/"
                    + URLEncoder.encode(id, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%2F", "/");
        }
    }

    /** A module may need another first: goes round as long as a round brings something; each brings one at least, or ends. */
    private Reply inTurn(List<Write> writes, Deadline deadline) {
        List<Write> left = writes;
        Reply last = DONE;
        while (!left.isEmpty()) {
            var refused = new ArrayList<Write>();
            for (Write write : left) {
                Reply reply = server.exchange(write.method(), write.path(), TEXT, write.text(), MAX_LISTING, deadline);
                if (reply instanceof Reply.Failed) {
                    return reply;
                }
                if (reply instanceof Reply.Refused) {
                    refused.add(write);
                    last = reply;
                }
            }
            if (refused.size() == left.size()) {
                return last;
            }
            left = refused;
        }
        return DONE;
    }
}
