package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.release.Release;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.web.CsvTable;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.security.CallerAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * The analyst's page: a question with its purpose, the pre-check, and what came of it. What is sent is answered with the address of
 * what came of it, which only the account that asked can open; so a reload asks nothing again.
 */
@Controller
class QueryPage {
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
    /** Without it spreadsheets take UTF-8 for the machine's own encoding and spoil every Chinese value. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Asking asking;
    private final Results results;
    private final QueryViews views;
    private final QueryCatalogue catalogue;
    private final Receipts receipts;
    private final Readers readers;

    QueryPage(
            Asking asking,
            Results results,
            QueryViews views,
            QueryCatalogue catalogue,
            Receipts receipts,
            Readers readers) {
        this.asking = asking;
        this.results = results;
        this.views = views;
        this.catalogue = catalogue;
        this.receipts = receipts;
        this.readers = readers;
    }

    /** @param from id of something asked, to begin with its question; what has expired begins afresh */
    @GetMapping("/query")
    ModelAndView form(
            CallerAuthentication caller,
            HttpServletRequest http,
            @RequestParam(name = "from", required = false) @Nullable String from) {
        Optional<Asked> asked = from == null ? Optional.empty() : results.find(account(caller), from);
        QueryForm form = asked.map(Asked::form).orElseGet(() -> views.first(caller.account(), readers.words(http)));
        boolean remembered = asked.isEmpty() && !form.purpose().isEmpty();
        return page(form, asked.map(Asked::outcome).orElse(null), remembered, caller, http);
    }

    @PostMapping("/query")
    ModelAndView ask(
            CallerAuthentication caller,
            HttpServletRequest http,
            HttpServletResponse response,
            @RequestParam(name = "do", defaultValue = "run") String what,
            @RequestParam(required = false) @Nullable String purpose,
            @RequestParam(required = false) @Nullable String legalBasis,
            @RequestParam(required = false) @Nullable String justification,
            @RequestParam(required = false) @Nullable String sql) {
        QueryForm form = QueryForm.of(purpose, legalBasis, justification, sql);
        boolean chinese = readers.words(http).chinese();
        Asked asked = what.equals("check") ? asking.preCheck(form, caller, chinese) : asking.run(form, caller, chinese);
        if (asked.outcome() instanceof Asked.Outcome.Failed(Trouble trouble)) {
            response.setStatus(trouble.status());
            return page(form, asked.outcome(), false, caller, http);
        }
        // HTTP/1.1: 303, so that the browser gets the address and never sends the form again
        var go = new RedirectView(QueryViews.address(asked), true, false);
        go.setExposeModelAttributes(false);
        return new ModelAndView(go);
    }

    private ModelAndView page(
            QueryForm form,
            Asked.@Nullable Outcome outcome,
            boolean remembered,
            CallerAuthentication caller,
            HttpServletRequest http) {
        return new ModelAndView(
                "query", "view", views.form(form, outcome, remembered, caller.account(), readers.words(http)));
    }

    /** All values of a dimension; public to whoever may ask. */
    @GetMapping("/query/values/{dataset}/{column}")
    ModelAndView values(HttpServletRequest http, @PathVariable String dataset, @PathVariable String column) {
        return catalogue
                .dimension(dataset, column, readers.words(http))
                .map(entry -> new ModelAndView("query-values", "column", entry).addObject("dataset", dataset))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no such dimension. The catalogue beside the form lists them.",
                        "没有这个维度。表单旁的数据目录列出全部维度。"));
    }

    @GetMapping("/query/results/{id}")
    ModelAndView result(CallerAuthentication caller, HttpServletRequest http, @PathVariable String id) {
        Asked asked = find(caller, id);
        Words words = readers.words(http);
        return switch (asked.outcome()) {
            case Asked.Outcome.Answered(var query, Release release) ->
                decided(
                                "query-result",
                                asked,
                                query,
                                release.result().decision(),
                                release.receipt().id(),
                                caller,
                                words)
                        .addObject("view", views.result(query, release.result(), words));
            case Asked.Outcome.Denied(var query, var answer, boolean preCheck) ->
                decided(
                                "query-denied",
                                asked,
                                query,
                                answer.decision(),
                                answer.receipt().id(),
                                caller,
                                words)
                        .addObject("preCheck", preCheck);
            case Asked.Outcome.PreChecked _, Asked.Outcome.Refused _, Asked.Outcome.Unfit _, Asked.Outcome.Failed _ ->
                new ModelAndView(new RedirectView(QueryViews.address(asked), true, false));
        };
    }

    private ModelAndView decided(
            String view,
            Asked asked,
            ParsedQuery query,
            Decision decision,
            String receiptId,
            CallerAuthentication caller,
            Words words) {
        return new ModelAndView(view)
                .addObject("asked", asked)
                .addObject("purpose", catalogue.purposeTitle(asked.form().purpose(), words))
                .addObject("basis", words.legalBasis(asked.form().legalBasis()))
                .addObject(
                        "decision",
                        DecisionView.of(decision, views.question(query, words).titles(), words))
                .addObject("receipt", receipts.view(caller.getPrincipal(), receiptId, words));
    }

    /** The sealed answer, byte for byte, so that {@code hufu receipt verify --result} holds it to its receipt. */
    @GetMapping("/query/results/{id}/answer.json")
    ResponseEntity<byte[]> json(CallerAuthentication caller, @PathVariable String id) {
        Release release = release(caller, id);
        return download(release, "json", MediaType.APPLICATION_JSON, release.bytes());
    }

    @GetMapping("/query/results/{id}/answer.csv")
    ResponseEntity<byte[]> csv(CallerAuthentication caller, @PathVariable String id) {
        Release release = release(caller, id);
        var file = new ByteArrayOutputStream();
        file.writeBytes(BYTE_ORDER_MARK);
        file.writeBytes(CsvTable.of(release.result()));
        return download(release, "csv", CSV, file.toByteArray());
    }

    private static ResponseEntity<byte[]> download(Release release, String ending, MediaType type, byte[] file) {
        Answer.Basis basis = release.result().publication();
        String decision = release.result().decision().id().value();
        List<String> periods = basis.periods().stream().sorted().toList();
        String period = periods.isEmpty()
                ? ""
                : periods.size() == 1
                        ? periods.getFirst() + "-"
                        : periods.getFirst() + "-to-" + periods.getLast() + "-";
        return ResponseEntity.ok()
                .contentType(type)
                .header("Hufu-Decision", decision)
                .header("Hufu-Receipt", release.receipt().id())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("hufu-" + basis.dataset() + "-" + period + decision + "." + ending)
                                .build()
                                .toString())
                .body(file);
    }

    private Release release(CallerAuthentication caller, String id) {
        if (find(caller, id).outcome() instanceof Asked.Outcome.Answered(var _, Release release)) {
            return release;
        }
        throw notFound();
    }

    /** @throws ProblemException not found, also for what has expired and what is another account's */
    private Asked find(CallerAuthentication caller, String id) {
        return results.find(account(caller), id).orElseThrow(QueryPage::notFound);
    }

    private static ProblemException notFound() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "There is no such result, it has expired, or it is somebody else's. Ask again.",
                "没有这个结果，或已过期，或属于他人。请重新查询。");
    }

    private static AccountId account(CallerAuthentication caller) {
        return caller.account().id();
    }
}
