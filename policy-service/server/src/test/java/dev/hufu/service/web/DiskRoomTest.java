package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class DiskRoomTest {
    private static final long MORE_THAN_THERE_IS = Long.MAX_VALUE;

    @TempDir
    Path directory;

    @Test
    void room_enough_isGreen() {
        var room = new DiskRoom(List.of(directory), 1, 1);
        assertThat(room.health().getStatus()).isEqualTo(Status.UP);
        assertThatCode(room::require).doesNotThrowAnyException();
    }

    @Test
    void room_low_isRedWhileRequestsStillPass() {
        var room = new DiskRoom(List.of(directory), MORE_THAN_THERE_IS, 1);
        assertThat(room.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(room.health().getDetails()).isEmpty();
        assertThatCode(room::require).doesNotThrowAnyException();
    }

    @Test
    void room_underTheLeast_refusesAndSaysWhatToDo() {
        var room = new DiskRoom(List.of(directory), MORE_THAN_THERE_IS, MORE_THAN_THERE_IS);
        assertThatThrownBy(room::require).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.DISK_FULL);
            assertThat(e.body(false).get("detail")).asString().contains("Make room");
            assertThat(e.body(true).get("detail")).asString().contains("腾出磁盘空间");
        });
    }

    @Test
    void room_ofADirectoryThatIsGone_isNone() {
        var room = new DiskRoom(List.of(directory, directory.resolve("gone")), 1, 1);
        assertThat(room.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void bounds_leastAboveLow_areRefused() {
        assertThatThrownBy(() -> new DiskRoom(List.of(directory), 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
