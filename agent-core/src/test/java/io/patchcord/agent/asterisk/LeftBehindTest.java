package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallEvent.EndReason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays in Asterisk although ARI is there: requests that it refused, and events that it does not send us. */
class LeftBehindTest extends AgentAtFakeAsterisk {

    @BeforeEach
    void startToCompareOften() {
        agent.close();
        agent = settings(APP).compareEvery(Duration.ofMillis(200)).build();
        connected();
    }

    private FakeAsterisk.Leg talking() {
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);
        return leg;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bridges/pc-.*", "/channels/pc-.*"})
    void asteriskDoesNotRemoveWhatIsOurs_itIsAskedAgain(String path) {
        talking();
        asterisk.ari.failNext("DELETE", path, 500, "Allocation failed");

        pbx.hangUp(CALLER);

        nothingLeft();
    }

    @Test
    void asteriskDoesNotHangUpTheCaller_itIsAskedAgain() {
        FakeAsterisk.Leg leg = talking();
        asterisk.ari.failNext("DELETE", "/channels/" + CALLER, 500, "Allocation failed");

        leg.press('1');

        nothingLeft();
        await("the caller to be hung up").until(() -> pbx.channelIds().isEmpty());
        assertThat(events).filteredOn(CallEvent.Ended.class::isInstance).hasSize(1);
    }

    @Test
    void asteriskDoesNotSendTheCallerOn_itIsAskedAgain() {
        FakeAsterisk.Leg leg = talking();
        asterisk.ari.failNext("POST", "/channels/.*/continue", 503, "Asterisk not booted");

        leg.hangUp();

        await("the second try")
                .until(() ->
                        asterisk.ari.requests("POST", "/channels/.*/continue").size() == 2);
        nothingLeft();
    }

    @Test
    void answerIsLost_isNotAskedAgain_asTheCallerMayBeWithSomebodyElse() {
        FakeAsterisk.Leg leg = talking();
        asterisk.ari.breakNext("POST", "/channels/.*/continue");

        leg.hangUp();
        continued();
        nothingLeft();
        asterisk.ari.clearRequests();

        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> asterisk.ari.requests("POST", ".*").isEmpty());
    }

    /** Such as one who was ours until somebody moved him: Asterisk still shows our application. */
    @Test
    void callerOfAnotherProgram_isLeftAlone() {
        talking();
        pbx.existing("1764000000.7", "PJSIP/102-7", APP);
        asterisk.ari.clearRequests();

        threeLooks();

        assertThat(asterisk.ari.requests("POST", ".*")).isEmpty();
    }

    @Test
    void anotherProgramHasTheApplication_callsThatGoOnAreEndedWhenTheCallerLeaves() {
        talking();
        asterisk.ari.pushText("{\"type\":\"ApplicationReplaced\",\"application\":\"" + APP + "\"}");
        asterisk.ari.awaitNoSocket(APP);

        pbx.hangUp(CALLER);

        nothingLeft();
        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void callsThatGoOn_areLeftAlone() {
        talking();
        asterisk.ari.clearRequests();

        threeLooks();

        assertThat(agent.status().activeCalls()).isOne();
        assertThat(asterisk.ari.requests("DELETE", ".*")).isEmpty();
        assertThat(asterisk.ari.requests("POST", ".*")).isEmpty();
    }

    private void threeLooks() {
        await("three looks")
                .until(() -> asterisk.ari.requests("GET", "/bridges").size() >= 3);
    }
}
