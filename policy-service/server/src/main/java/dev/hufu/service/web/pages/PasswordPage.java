package dev.hufu.service.web.pages;

import dev.hufu.service.identity.AccountRefusal;
import dev.hufu.service.identity.AccountRefusedException;
import dev.hufu.service.identity.Accounts;
import dev.hufu.service.identity.PasswordsBusyException;
import dev.hufu.service.identity.SignIn;
import dev.hufu.service.identity.SignInResult;
import dev.hufu.service.web.security.CallerAuthentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where one chooses a new password, and the only page that a one-time password opens. A new password ends every session. */
@Controller
class PasswordPage {
    private static final String PAGE = "account-password";

    private final Accounts accounts;
    private final SignIn signIn;

    PasswordPage(Accounts accounts, SignIn signIn) {
        this.accounts = accounts;
        this.signIn = signIn;
    }

    @GetMapping("/account/password")
    String form(CallerAuthentication caller, Model model) {
        return page("", caller, model);
    }

    @PostMapping("/account/password")
    String replace(
            @RequestParam String current,
            @RequestParam String wanted,
            @RequestParam String again,
            CallerAuthentication caller,
            Model model) {
        if (!wanted.equals(again)) {
            return page("different", caller, model);
        }
        try {
            // Through the brake: whoever finds an open session must not guess here what they cannot guess at the door.
            switch (signIn.check(caller.getName(), current)) {
                case SignInResult.Proved proved ->
                    accounts.replacePassword(proved.account().id(), current, wanted);
                case SignInResult.Refused refused -> {
                    return page("wrong", caller, model);
                }
                case SignInResult.Wait wait -> {
                    return page("wait", caller, model);
                }
            }
        } catch (PasswordsBusyException e) {
            return page("wait", caller, model);
        } catch (AccountRefusedException e) {
            return page(e.refusal() == AccountRefusal.WEAK_PASSWORD ? "weak" : "wrong", caller, model);
        }
        return "redirect:/login?replaced";
    }

    private static String page(String said, CallerAuthentication caller, Model model) {
        model.addAttribute("said", said);
        model.addAttribute("oneTime", caller.account().mustReplacePassword());
        return PAGE;
    }
}
