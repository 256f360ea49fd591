package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hufu.service.identity.Account;
import dev.hufu.service.identity.AccountRefusal;
import dev.hufu.service.identity.AccountRefusedException;
import dev.hufu.service.identity.Accounts;
import dev.hufu.service.identity.Profile;
import dev.hufu.service.identity.Role;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.web.security.CallerAuthentication;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One's own account, and for administrators all of them. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class AccountController {
    /** An account as it is shown; members that do not apply are left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String name,
            List<String> roles,
            @Nullable String orgUnit,
            @Nullable String region,
            @Nullable LocalDate trainingValidUntil,
            @Nullable String employeeId,
            boolean demo,
            boolean disabled,
            boolean mustReplacePassword,
            Instant createdAt) {}

    record All(List<Shown> accounts) {}

    /** An account with the one-time password it was given, shown this once. */
    record WithPassword(Shown account, String oneTimePassword) {}

    record NewPassword(
            @Nullable String current,
            @JsonProperty("new") @Nullable String wanted) {}

    /** What an administrator sets; {@code name} only where an account is made. */
    record Wanted(
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable String orgUnit,
            @Nullable String region,
            @Nullable LocalDate trainingValidUntil,
            @Nullable String employeeId) {}

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/account")
    Shown own(CallerAuthentication caller) {
        return shown(caller.account());
    }

    @PostMapping(path = "/account/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> replacePassword(@RequestBody NewPassword passwords, CallerAuthentication caller) {
        if (passwords.current() == null || passwords.wanted() == null) {
            throw invalid("both current and new are needed", "须同时提供 current 和 new");
        }
        accounts.replacePassword(caller.account().id(), passwords.current(), passwords.wanted());
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/accounts")
    All list() {
        return new All(accounts.list().stream().map(AccountController::shown).toList());
    }

    @GetMapping("/accounts/{name}")
    Shown one(@PathVariable String name) {
        return shown(existing(name));
    }

    @PostMapping(path = "/accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WithPassword> create(@RequestBody Wanted wanted, CallerAuthentication caller) {
        if (wanted.name() == null) {
            throw invalid("name is needed", "须提供 name");
        }
        AccountId id = id(wanted.name())
                .orElseThrow(() -> invalid(
                        "name has 1 to 64 characters of a-z 0-9 . _ - and starts with a letter or digit",
                        "name 由 1 至 64 个 a-z 0-9 . _ - 字符组成，以字母或数字开头"));
        String oneTime = accounts.create(caller.account().id(), id, profile(wanted));
        return ResponseEntity.created(URI.create("/api/v1/accounts/" + id.value()))
                .body(new WithPassword(shown(existing(id.value())), oneTime));
    }

    @PutMapping(path = "/accounts/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown change(@PathVariable String name, @RequestBody Wanted wanted, CallerAuthentication caller) {
        if (wanted.name() != null && !wanted.name().equals(name)) {
            throw invalid("an account keeps its name", "账号名不能更改");
        }
        accounts.setProfile(caller.account().id(), existing(name).id(), profile(wanted));
        return shown(existing(name));
    }

    @PostMapping("/accounts/{name}/disable")
    Shown disable(@PathVariable String name, CallerAuthentication caller) {
        accounts.disable(caller.account().id(), existing(name).id());
        return shown(existing(name));
    }

    @PostMapping("/accounts/{name}/enable")
    Shown enable(@PathVariable String name, CallerAuthentication caller) {
        accounts.enable(caller.account().id(), existing(name).id());
        return shown(existing(name));
    }

    @PostMapping("/accounts/{name}/password")
    WithPassword resetPassword(@PathVariable String name, CallerAuthentication caller) {
        String oneTime =
                accounts.resetPassword(caller.account().id(), existing(name).id());
        return new WithPassword(shown(existing(name)), oneTime);
    }

    private Account existing(String name) {
        return id(name).flatMap(accounts::find)
                .orElseThrow(() -> new AccountRefusedException(AccountRefusal.NO_SUCH_ACCOUNT));
    }

    private static Optional<AccountId> id(String name) {
        try {
            return Optional.of(new AccountId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Profile profile(Wanted wanted) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String wire : wanted.roles() == null ? List.<String>of() : wanted.roles()) {
            roles.add(Optional.ofNullable(wire)
                    .flatMap(Role::of)
                    .orElseThrow(() -> invalid(
                            "roles are legal, security, hr, steward, analyst, employee, auditor, admin",
                            "角色只能是 legal、security、hr、steward、analyst、employee、auditor、admin")));
        }
        try {
            return new Profile(
                    roles,
                    Optional.ofNullable(wanted.orgUnit()),
                    Optional.ofNullable(wanted.region()),
                    Optional.ofNullable(wanted.trainingValidUntil()),
                    Optional.ofNullable(wanted.employeeId()));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "at least one role; orgUnit, region and employeeId have 1 to 120 characters or are left out",
                    "至少一个角色；orgUnit、region、employeeId 为 1 至 120 个字符或省略");
        }
    }

    private static Shown shown(Account account) {
        Profile profile = account.profile();
        return new Shown(
                account.id().value(),
                profile.roles().stream().map(Role::wire).sorted().toList(),
                profile.orgUnit().orElse(null),
                profile.region().orElse(null),
                profile.trainingValidUntil().orElse(null),
                profile.employeeId().orElse(null),
                account.demo(),
                account.disabled(),
                account.mustReplacePassword(),
                account.createdAt());
    }

    private static ProblemException invalid(String en, String zh) {
        return new ProblemException(ProblemType.INVALID, "Check the request: " + en + ".", "请检查请求：" + zh + "。");
    }
}
