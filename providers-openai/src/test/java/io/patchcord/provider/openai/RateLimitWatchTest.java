package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.KeptLog;
import io.patchcord.provider.openai.ServerEvent.RateLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitWatchTest {

    private final KeptLog log = KeptLog.start();
    private final RateLimitWatch watch = new RateLimitWatch();

    @AfterEach
    void stopLog() {
        log.close();
    }

    private void note(long... remaining) {
        for (long each : remaining) {
            watch.note("c1", new RateLimit("tokens", 1_000, each, 7.5));
        }
    }

    @Test
    void littleThatIsLeft_isWarnedOfOnce() {
        note(900, 101, 100, 40, 0, 100);
        watch.note("c2", new RateLimit("tokens", 1_000, 0, 7.5));

        assertThat(log.warnings())
                .containsExactly("[c1] OpenAI allows only 100 of 1000 tokens more for the next 7.5 s, to all calls"
                        + " together; answers beyond that are refused");
    }

    @Test
    void limitThatRecovered_isWarnedOfAgain() {
        note(50, 499, 50);
        assertThat(log.warnings()).hasSize(1);
        note(500, 50);
        assertThat(log.warnings()).hasSize(2);
    }

    @Test
    void eachLimit_isWatchedByItself() {
        note(50);
        watch.note("c1", new RateLimit("requests", 100, 0, 60));

        assertThat(log.warnings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1"})
    void limitThatIsNone_isNotWarnedOf(long limit, long remaining) {
        watch.note("c1", new RateLimit("", limit, remaining, 0));

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void whatTheServiceTells_isWatched() {
        RealtimeCall call = new RealtimeCall().start();
        call.pass(1_500);
        call.service()
                .sendText("{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"tokens\",\"limit\":1000,"
                        + "\"remaining\":0,\"reset_seconds\":9}]}");
        call.pass(100);
        call.end();

        assertThat(log.warnings()).singleElement().asString().contains("only 0 of 1000 tokens");
    }
}
