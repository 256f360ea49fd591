package dev.hufu.service.web;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is down, full or overloaded from a mistake of ours, by its standard error classes (SQL:2023, part 2). */
public final class DatabaseTrouble {
    private static final int MOST_CAUSES = 20;

    private DatabaseTrouble() {}

    /** Whether the trouble is with the database and not with what was asked of it. */
    public static boolean outside(Throwable e) {
        @Nullable Throwable cause = e;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                // 08 connection, 53 resources such as the disk, 57 shut down, 58 the system beneath; the pool gives
                // none.
                return state == null
                        || state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("58");
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** How it is told. */
    public static ProblemException problem() {
        return new ProblemException(
                ProblemType.DATABASE,
                "The database does not answer or cannot write, so nothing was released. Tell the operator to see to the disk and to"
                        + " PostgreSQL; if this stays, restart Hufu.",
                "数据库没有响应或无法写入，因此没有发布任何数据。请联系运维人员检查磁盘和 PostgreSQL；如持续出现，请重启 Hufu。");
    }
}
