package dev.hufu.service.web.pages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which page is for whom. This decides what is offered; what is allowed is decided where the page is served. */
final class Navigation {
    private record Place(String href, String key, Set<String> roles) {}

    /** Roles in the order in which they are named. */
    private static final List<String> ROLES =
            List.of("legal", "security", "hr", "steward", "analyst", "auditor", "admin", "employee");

    private static final List<Place> PLACES = List.of(
            new Place("/policy", "nav.policy", Set.of("legal", "security", "auditor")),
            new Place("/witnesses", "nav.witnesses", Set.of("security", "auditor")),
            new Place("/query", "nav.query", Set.of("analyst", "hr", "steward", "legal", "security")),
            new Place("/my-data", "nav.my-data", Set.of("employee")));

    private Navigation() {}

    /** The roles among the given authorities ({@code ROLE_x} or {@code x}) that the console knows. */
    static List<String> roles(Collection<String> authorities) {
        return ROLES.stream()
                .filter(role -> authorities.contains(role) || authorities.contains("ROLE_" + role))
                .toList();
    }

    static List<Frame.Link> links(Collection<String> roles, String path) {
        var links = new ArrayList<Frame.Link>();
        for (Place place : PLACES) {
            if (place.roles().stream().anyMatch(roles::contains)) {
                boolean current = path.equals(place.href()) || path.startsWith(place.href() + "/");
                links.add(new Frame.Link(place.href(), place.key(), current));
            }
        }
        return links;
    }
}
