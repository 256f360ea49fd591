package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.request.AccountId;
import dev.hufu.service.web.Questions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final AccountId ANNA = new AccountId("anna");
    private static final AccountId BO = new AccountId("bo");

    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final Results results = new Results(clock(() -> now));

    @Test
    void find_anothersOrUnknown_isEmpty() {
        results.put(ANNA, asked("1", ""));
        assertThat(results.find(ANNA, "1")).isPresent();
        assertThat(results.find(BO, "1")).isEmpty();
        assertThat(results.find(ANNA, "2")).isEmpty();
    }

    @Test
    void find_afterItsTime_isGone() {
        results.put(ANNA, asked("1", ""));
        now = now.plus(Results.KEPT).minusSeconds(1);
        results.put(ANNA, asked("2", ""));
        assertThat(results.recent(ANNA)).extracting(Asked::id).containsExactly("2", "1");
        now = now.plusSeconds(1);
        assertThat(results.recent(ANNA)).extracting(Asked::id).containsExactly("2");
    }

    @Test
    void put_moreThanAnAccountMayHave_dropsItsOldestAndNobodyElses() {
        results.put(BO, asked("bo", ""));
        for (int i = 0; i < Results.MOST_EACH + 3; i++) {
            results.put(ANNA, asked("a" + i, ""));
        }
        assertThat(results.recent(ANNA)).hasSize(Results.MOST_EACH);
        assertThat(results.find(ANNA, "a2")).isEmpty();
        assertThat(results.find(ANNA, "a3")).isPresent();
        assertThat(results.find(BO, "bo")).isPresent();
    }

    @Test
    void put_moreBytesThanAnAccountMayHave_keepsTheNewest() {
        String half = "x".repeat((int) (Results.MOST_BYTES_EACH / 4));
        results.put(ANNA, asked("1", half));
        results.put(ANNA, asked("2", half));
        assertThat(results.recent(ANNA)).extracting(Asked::id).containsExactly("2");
        assertThatThrownBy(() -> results.put(ANNA, asked("3", half + half)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void put_moreBytesThanAllMayHave_dropsTheOldestOfAnybody() {
        String most = "x".repeat((int) (Results.MOST_BYTES_EACH / 2 - 1_000));
        int accounts = (int) (Results.MOST_BYTES / Results.MOST_BYTES_EACH) + 1;
        for (int i = 0; i < accounts; i++) {
            results.put(new AccountId("account" + i), asked("r" + i, most));
        }
        assertThat(results.find(new AccountId("account0"), "r0")).isEmpty();
        for (int i = 1; i < accounts; i++) {
            assertThat(results.find(new AccountId("account" + i), "r" + i)).isPresent();
        }
    }

    private Asked asked(String id, String sql) {
        return new Asked(id, now, new QueryForm("", "", "", sql), new Asked.Outcome.Unfit(Set.of(Questions.Part.SQL)));
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void kept_isWhatTheWordsSay() {
        assertThat(Results.KEPT).isEqualTo(Duration.ofMinutes(30));
        assertThat(WordsTest.words(Language.EN).say("query.recent.kept")).contains("30 minutes");
    }
}
