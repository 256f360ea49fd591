package dev.hufu.service.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hufu.service.analytics.imports.ClassificationTemplate;
import dev.hufu.service.analytics.imports.ColumnProposal;
import dev.hufu.service.analytics.imports.CsvException;
import dev.hufu.service.analytics.imports.CsvLimits;
import dev.hufu.service.analytics.imports.ImportRefusedException;
import dev.hufu.service.analytics.imports.ImportReport;
import dev.hufu.service.analytics.imports.ImportService;
import dev.hufu.service.analytics.imports.ImportSpec;
import dev.hufu.service.registers.Term;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Principal;
import dev.hufu.service.web.security.CallerAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Datasets from CSV files, for stewards and admins. The file is the body and is read as it comes, so that no copy of it lies in a
 * temporary folder; a classification is therefore sent before it and named by its id.
 */
@RestController
@RequestMapping(path = "/api/v1/imports", produces = MediaType.APPLICATION_JSON_VALUE)
class ImportController {
    private static final int MAX_WAITING = 64;
    private static final Duration WAITS = Duration.ofMinutes(30);

    /** A classification that waits for its file; {@code id} goes into the parameter {@code classification}. */
    record Kept(String id, long validSeconds) {}

    /** A register row to fill in, as YAML and in parts. */
    record Proposal(String yaml, List<Column> columns, List<Choice> classes, List<Choice> grades) {}

    record Column(
            String name,
            String type,
            String role,
            @Nullable Double lower,
            @Nullable Double upper,
            String coverage) {}

    /** A term to choose. {@code grade} is a class's usual grade. */
    record Choice(String id, String zh, String en, @Nullable String grade) {}

    private record Waiting(AccountId by, String yaml) {}

    private final ImportService imports;
    private final SecureRandom random;
    private final Readiness readiness;
    private final Cache<String, Waiting> waiting = Caffeine.newBuilder()
            .maximumSize(MAX_WAITING)
            .expireAfterWrite(WAITS)
            .build();

    ImportController(ImportService imports, SecureRandom random, Readiness readiness) {
        this.imports = imports;
        this.random = random;
        this.readiness = readiness;
    }

    /** Looks at the beginning of a file, keeps nothing of it, and says what to fill in. */
    @PostMapping(path = "/proposal", consumes = "text/csv")
    Proposal propose(@RequestParam String dataset, @RequestParam String personKey, HttpServletRequest request)
            throws IOException {
        byte[] head = bounded(request, ImportService.HEAD_BYTES);
        ClassificationTemplate template = refusing(() -> imports.propose(head, name(dataset), key(personKey)));
        return new Proposal(
                template.yaml(),
                template.columns().stream().map(ImportController::column).toList(),
                template.classes().stream().map(ImportController::choice).toList(),
                template.grades().stream().map(ImportController::choice).toList());
    }

    private static Column column(ColumnProposal c) {
        return new Column(
                c.name(),
                c.type().name().toLowerCase(java.util.Locale.ROOT),
                c.role().wire(),
                c.bounds().map(ColumnProposal.Bounds::lower).orElse(null),
                c.bounds().map(ColumnProposal.Bounds::upper).orElse(null),
                c.everybody() ? "everybody" : "some");
    }

    private static Choice choice(Term term) {
        return new Choice(
                term.id(),
                term.title().zh(),
                term.title().en(),
                term.body().path("grade").asString(null));
    }

    /** Takes a classification for the file that follows, from the same account, within half an hour. */
    @PostMapping(
            path = "/classifications",
            consumes = {"application/yaml", "text/yaml", "application/x-yaml"})
    @ResponseStatus(HttpStatus.CREATED)
    Kept keep(HttpServletRequest request, CallerAuthentication caller) throws IOException {
        byte[] body = bounded(request, ImportService.CLASSIFICATION_CHARACTERS);
        String yaml;
        try {
            yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemType.IMPORT_REFUSED,
                    "The classification is not UTF-8. Save it as UTF-8.",
                    "分类文件不是 UTF-8 编码。");
        }
        byte[] id = new byte[16];
        random.nextBytes(id);
        String key = HexFormat.of().formatHex(id);
        waiting.put(key, new Waiting(caller.account().id(), yaml));
        return new Kept(key, WAITS.toSeconds());
    }

    /** Imports the body, all or nothing. */
    @PostMapping(consumes = "text/csv")
    @ResponseStatus(HttpStatus.CREATED)
    ImportReport load(
            @RequestParam String dataset,
            @RequestParam String personKey,
            @RequestParam(defaultValue = "false") boolean replace,
            @RequestParam Optional<String> classification,
            HttpServletRequest request,
            CallerAuthentication caller)
            throws IOException {
        readiness.require(); // before that, names of the sample's datasets are not taken yet
        if (request.getContentLengthLong() > CsvLimits.DEFAULT.bytes()) {
            throw tooLarge(CsvLimits.DEFAULT.bytes());
        }
        Principal by = caller.getPrincipal();
        var spec = new ImportSpec(
                name(dataset), key(personKey), classification.map(id -> kept(id, by.account())), replace);
        InputStream body = request.getInputStream();
        try {
            return refusing(() -> {
                try {
                    return imports.importCsv(body, spec, by);
                } catch (IOException e) {
                    throw new ProblemException(
                            ProblemType.MALFORMED, "The upload broke off; nothing was changed.", "上传中断，未做任何更改。");
                }
            });
        } finally {
            drain(body);
        }
    }

    private String kept(String id, AccountId by) {
        Waiting found = waiting.getIfPresent(id);
        if (found == null || !found.by().equals(by)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "There is no classification of yours with this id; POST it to /api/v1/imports/classifications first.",
                    "没有找到该分类文件，请先提交到 /api/v1/imports/classifications。");
        }
        return found.yaml();
    }

    private static DatasetName name(String text) {
        try {
            return new DatasetName(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "A dataset's name is 1 to 63 characters of a-z 0-9 _ and starts with a letter.",
                    "数据集名称为 1 至 63 个字符（a-z 0-9 _），以字母开头。");
        }
    }

    private static String key(String column) {
        if (column.isBlank()) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "personKey is empty: name the column that tells the persons apart, as the file's first line has it.",
                    "personKey 为空：请填写文件首行中用来区分人员的列名。");
        }
        return column;
    }

    private static byte[] bounded(HttpServletRequest request, int limit) throws IOException {
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        return body;
    }

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "The body has at most " + limit + " bytes here.",
                "此处请求体最多 " + limit + " 字节。",
                Map.of("limitBytes", limit));
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (CsvException e) {
            throw new ProblemException(
                    ProblemType.IMPORT_REFUSED,
                    "The file was not imported; nothing was changed. In " + e.getMessage() + ".",
                    "文件未导入，未做任何更改。第 " + e.line() + " 行有误：" + e.getMessage(),
                    Map.of("line", e.line(), "problems", List.of(String.valueOf(e.getMessage()))));
        } catch (ImportRefusedException e) {
            ProblemType type = switch (e.reason()) {
                case CONTENT -> ProblemType.IMPORT_REFUSED;
                case NAME_TAKEN -> ProblemType.CONFLICT;
                case BUSY -> ProblemType.BUSY;
            };
            throw new ProblemException(
                    type,
                    "The file was not imported; nothing was changed: " + e.getMessage() + ".",
                    "文件未导入，未做任何更改：" + e.getMessage(),
                    Map.of("problems", e.problems()));
        }
    }

    /** Reads on after a refusal, so that a sender who is still sending gets to read the answer. */
    private static void drain(InputStream body) {
        try {
            body.skip(CsvLimits.DEFAULT.bytes());
        } catch (IOException e) {
            return; // the sender is gone, and so is the reason to read on
        }
    }
}
