package dev.hufu.service.web;

import java.util.Locale;

/**
 * Every kind of error that leaves over HTTP (RFC 9457), by who can mend it. The type's URI is {@code /problems/} and its slug,
 * where a page explains it.
 */
public enum ProblemType {
    MALFORMED(Blame.CALLER, 400, "malformed", "The request cannot be read", "无法读取该请求"),
    UNAUTHENTICATED(Blame.CALLER, 401, "unauthenticated", "Sign in first", "请先登录"),
    TOKEN_EXPIRED(Blame.CALLER, 401, "token-expired", "The token has expired", "令牌已过期"),
    TOKEN_INVALID(Blame.CALLER, 401, "token-invalid", "The token does not work", "令牌无效"),
    REPLACE_PASSWORD(Blame.CALLER, 403, "replace-password", "Choose your own password first", "请先设置您自己的密码"),
    TOKEN_SCOPE(Blame.CALLER, 403, "token-scope", "The token was not made for this", "令牌的范围不包括此操作"),
    WRONG_HOST(Blame.CALLER, 421, "wrong-host", "This server has another name", "主机名不对"),
    FORBIDDEN(Blame.CALLER, 403, "forbidden", "Your role does not open this door", "您的角色无权访问"),
    NOT_FOUND(Blame.CALLER, 404, "not-found", "Nothing was found here", "没有找到"),
    METHOD_NOT_ALLOWED(Blame.CALLER, 405, "method-not-allowed", "This address takes another method", "该地址不支持此方法"),
    NOT_ACCEPTABLE(Blame.CALLER, 406, "not-acceptable", "The answer has no such format", "不支持所要求的格式"),
    CONFLICT(Blame.CALLER, 409, "conflict", "This contradicts what is there", "与现有内容冲突"),
    TOO_LARGE(Blame.CALLER, 413, "too-large", "The request is too large", "请求过大"),
    UNSUPPORTED_MEDIA_TYPE(
            Blame.CALLER, 415, "unsupported-media-type", "The body has a type that is not read here", "不支持的请求体类型"),
    SQL_REFUSED(Blame.CALLER, 422, "sql-refused", "The query cannot be asked this way", "不能这样查询"),
    IMPORT_REFUSED(Blame.CALLER, 422, "import-refused", "The file cannot be imported as it is", "文件不能按现状导入"),
    INVALID(Blame.CALLER, 422, "invalid", "The request names what does not exist", "请求中的内容不存在"),
    TOO_MANY_REQUESTS(Blame.CALLER, 429, "too-many-requests", "Too many requests for now", "请求过于频繁"),
    DENIED(Blame.POLICY, 403, "denied", "Not allowed by policy", "政策不允许"),
    NOT_READY(Blame.OPERATOR, 503, "not-ready", "Hufu is still getting ready", "系统正在准备"),
    LOG_STOPPED(
            Blame.OPERATOR, 503, "log-stopped", "The audit log has stopped, so nothing is released", "审计日志已停止，不发布任何数据"),
    RECEIPT_LEVEL(Blame.OPERATOR, 503, "receipt-level", "The receipt does not show that much yet", "凭证尚未达到所要求的级别"),
    DISK_FULL(Blame.OPERATOR, 503, "disk-full", "The disk is full, so nothing is released", "磁盘已满，不发布任何数据"),
    DATABASE(
            Blame.OPERATOR, 503, "database", "The database does not answer, so nothing is released", "数据库没有响应，不发布任何数据"),
    BUSY(Blame.OPERATOR, 503, "busy", "More requests than can be handled", "系统繁忙"),
    INTERNAL(Blame.US, 500, "internal", "Something went wrong on our side", "系统内部错误");

    /** Who can mend it. */
    public enum Blame {
        CALLER,
        POLICY,
        OPERATOR,
        US;

        /** For example {@code caller}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Blame blame;
    private final int status;
    private final String slug;
    private final String en;
    private final String zh;

    ProblemType(Blame blame, int status, String slug, String en, String zh) {
        this.blame = blame;
        this.status = status;
        this.slug = slug;
        this.en = en;
        this.zh = zh;
    }

    public Blame blame() {
        return blame;
    }

    public int status() {
        return status;
    }

    public String uri() {
        return "/problems/" + slug;
    }

    public String slug() {
        return slug;
    }

    public String title(boolean chinese) {
        return chinese ? zh : en;
    }
}
