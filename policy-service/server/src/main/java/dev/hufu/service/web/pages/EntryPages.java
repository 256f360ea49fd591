package dev.hufu.service.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where one comes in: the sign-in page, and a home that leads each role to its page. */
@Controller
class EntryPages {
    @GetMapping("/login")
    String login(HttpServletRequest request, Model model) {
        if (request.getUserPrincipal() != null && request.getParameter("error") == null) {
            return "redirect:/";
        }
        String said = "";
        for (String word : List.of("error", "logout", "expired", "replaced")) {
            said = request.getParameter(word) != null ? word : said;
        }
        model.addAttribute("said", said);
        return "login";
    }

    /** Signing out is a POST; who follows a link gets to press the button. */
    @GetMapping("/logout")
    String logout() {
        return "logout";
    }

    /** The first page of the account's role. A role that has no page yet, and whoever asks, reads what the role can do instead. */
    @GetMapping("/")
    String home(Authentication who, HttpServletRequest request, Model model) {
        List<String> roles = Navigation.roles(who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList());
        List<Frame.Link> links = Navigation.links(roles, "/");
        if (!links.isEmpty() && request.getParameter("about") == null) {
            return "redirect:" + links.getFirst().href();
        }
        model.addAttribute("paged", !links.isEmpty());
        model.addAttribute("roles", roles);
        return "home";
    }
}
