package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a connection that is lost is tried to be replaced, and when the session fails. */
class TriesTest extends AgentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"INTERNAL_SERVER_ERROR", "ASR_CONNECTION_CLOSED", "CLIENT_MESSAGE_TIMEOUT", "SOMETHING_NEW"})
    void errorInTheCall_isAnEndLikeOthers(String code) {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'Error','code':'" + code + "','description':'sorry'}");
        assertThat(line.end()).isEqualTo("close 1000");
        loop.advance(Duration.ofMillis(200));

        assertThat(history(service.accept())).containsExactly("assistant Hello.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER_AUDIO_FORMAT", "UNPARSABLE_CLIENT_MESSAGE", "SETTINGS_ALREADY_APPLIED"})
    void errorOfOurs_failsAtOnce(String code) {
        ScriptedService.Line line = ready();
        line.says("{'type':'Error','code':'" + code + "','description':'no'}");
        loop.advance(Duration.ofMinutes(1));

        assertThat(failure().error().kind()).isEqualTo(Kind.REJECTED);
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void serviceIsDown_isTriedWithGrowingPauses_thenFails() {
        ScriptedService.Line line = ready();
        greeted(line);
        loop.advance(Duration.ofSeconds(6));
        line.isLost();
        long begin = loop.nanoTime();
        for (int i = 1; i < 1_000 && events.stream().noneMatch(S2sEvent.Failed.class::isInstance); i++) {
            loop.advance(Duration.ofMillis(10));
            if (service.line() != line && service.line().end().isEmpty()) {
                line = service.line();
                line.isLost();
            }
        }

        assertThat(failure().error().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Duration.ofNanos(loop.nanoTime() - begin)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        assertThat(service.connections()).isBetween(6, 14);
    }

    /** It takes Settings and then hangs up, each time: that is no connection either. */
    @Test
    void connectionsThatLiveForAMoment_areNotTriedForEver() {
        ready();
        for (int i = 0; i < 1_000 && events.stream().noneMatch(S2sEvent.Failed.class::isInstance); i++) {
            if (service.connections() == i + 1) {
                if (i > 0) {
                    service.accept();
                }
                loop.advance(Duration.ofMillis(100));
                service.line().isLost();
            }
            loop.advance(Duration.ofSeconds(2));
        }

        assertThat(failure().error().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void withoutReconnecting_theFirstEndIsAFailure() {
        set("DEEPGRAM_AGENT_RECONNECT_FOR", "0s");
        ready().isLost();

        assertThat(told()).endsWith("failed UNAVAILABLE");
    }
}
