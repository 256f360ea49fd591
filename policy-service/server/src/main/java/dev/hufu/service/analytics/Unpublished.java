package dev.hufu.service.analytics;

import java.io.IOException;
import java.sql.SQLException;

/** Why a registered dataset is not published, and who can mend it. The words name no person and no value. */
public enum Unpublished {
    NOTHING(
            "没有可发布的数据：请导入文件，并由数据管理员为人员主键定类定级。",
            "There is nothing to publish: import its file, and let the steward class and grade its person key."),
    NO_PERIOD(
            "期间列中没有形如 YYYY-MM 的值：请用 replace 重新导入更正后的文件。",
            "Its period column holds no value of the form YYYY-MM: import a corrected file with replace."),
    STORE("无法读取人员数据：请查看磁盘与内存，然后重启。", "The people store could not be read: see to disk and memory, then restart."),
    FILE("无法写入发布文件：请腾出磁盘空间，然后重启。", "Its publication could not be written: make room on the disk, then restart."),
    INTERNAL(
            "系统内部错误：请让运维人员查看服务器日志。",
            "Something went wrong on our side: the operator finds the place in the server's log.");

    private final String zh;
    private final String en;

    Unpublished(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    static Unpublished because(Exception e) {
        return switch (e) {
            case NoPeriodException _ -> NO_PERIOD;
            case SQLException _ -> STORE;
            case IOException _ -> FILE;
            default -> INTERNAL;
        };
    }

    /** No dataset of a population has a period that can be published. */
    static final class NoPeriodException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
