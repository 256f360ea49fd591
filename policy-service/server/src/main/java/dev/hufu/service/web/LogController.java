package dev.hufu.service.web;

import dev.hufu.service.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The log in its public form (C2SP tlog-tiles). Who may read entry bundles is decided before this is reached. */
@RestController
@RequestMapping("/log/v1")
class LogController {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final AuditTrail trail;

    LogController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping("/checkpoint")
    ResponseEntity<String> checkpoint() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(TEXT)
                .body(trail.checkpoint());
    }

    @GetMapping("/checkpoint.cosigned")
    ResponseEntity<String> cosigned() {
        String note = trail.cosignedCheckpoint()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No checkpoint is cosigned by enough witnesses, or none are configured. The log's own is /log/v1/checkpoint.",
                        "还没有足够见证方联署的检查点，或未配置见证方。日志自己的检查点见 /log/v1/checkpoint。"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(TEXT)
                .body(note);
    }

    @GetMapping("/log.vkey")
    ResponseEntity<String> key() {
        return ResponseEntity.ok().contentType(TEXT).body(trail.verifierKey() + "\n");
    }

    @GetMapping("/tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        String path = request.getRequestURI().substring("/log/v1/".length());
        byte[] tile = trail.tile(path)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no such tile. The checkpoint's size says which there are (C2SP tlog-tiles).",
                        "没有这个区块。检查点的大小决定有哪些区块（C2SP tlog-tiles）。"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(tile);
    }
}
