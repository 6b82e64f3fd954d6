package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.audiosocket.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskAgentTest extends AgentAtFakeAsterisk {

    @Test
    void callerEntersStasis_hearsTheGreetingOverABridgeOfOurs() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();

        leg.awaitSpeech(5);

        assertThat(pbx.bridgeIds())
                .singleElement()
                .satisfies(bridge -> assertThat(pbx.members(bridge)).hasSize(2).contains(CALLER));
        assertThat(contexts.get(0).callerNumber()).isEqualTo("100");
        assertThat(contexts.get(0).extension()).isEqualTo("1003");
        assertThat(contexts.get(0).channelId()).isEqualTo(CALLER);
        assertThat(asterisk.ari.requests("POST", ".*/answer")).isEmpty();
        assertThat(agent.status().activeCalls()).isEqualTo(1);
    }

    @Test
    void callerStillRings_isAnsweredFirst() {
        connected();
        pbx.incoming(CALLER, "Ring", "100", "2024", APP);
        asterisk.connectMedia().awaitSpeech(5);

        assertThat(asterisk.ari.requests("POST", "/channels/" + CALLER + "/answer"))
                .hasSize(1);
    }

    @Test
    void callerHangsUp_nothingOfOursIsLeft() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(1);

        pbx.hangUp(CALLER);

        nothingLeft();
        assertThat(leg.awaitClosed().kind()).isEqualTo(CloseReason.Kind.REMOTE_HANGUP);
        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        // The media channel by ARI before the bridge, and the caller, who is gone, is left alone.
        assertThat(asterisk.ari.requests("DELETE", ".*"))
                .extracting(request -> request.path().replaceAll("pc-.*-", ""))
                .containsExactly("/channels/media", "/bridges/bridge");
    }

    @Test
    void agentHangsUp_callerIsHungUpAndNothingIsLeft() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);

        leg.press('1');

        nothingLeft();
        assertThat(pbx.channelIds()).doesNotContain(CALLER);
        assertThat(endReason()).isEqualTo(EndReason.AGENT_HUNG_UP);
    }

    @Test
    void agentTransfers_callerGoesOnInTheDialplan() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);

        leg.press('2');

        nothingLeft();
        assertThat(asterisk.ari.awaitRequest("POST", "/channels/.*/continue").parameters())
                .containsEntry("context", "people")
                .containsEntry("extension", "7001")
                .containsEntry("priority", "1");
        assertThat(pbx.channelIds()).contains(CALLER);
        assertThat(endReason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void providerGivesUp_callersDialplanGoesOn() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);

        leg.press('3');

        nothingLeft();
        continued();
        assertThat(endReason()).isEqualTo(EndReason.PROVIDER_FAILED);
    }

    @Test
    void audioConnectionBreaks_callersDialplanGoesOn() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(1);

        leg.hangUp();

        nothingLeft();
        continued();
        assertThat(endReason()).isEqualTo(EndReason.MEDIA_FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /channels/.*/answer",
        "POST, /bridges.*",
        "POST, /channels/externalMedia",
        "POST, /bridges/.*/addChannel",
    })
    void stepOfTheSetUpFails_nothingIsLeftAndTheDialplanGoesOn(String method, String path) {
        connected();
        asterisk.ari.failNext(method, path, 500, "Allocation failed");
        pbx.incoming(CALLER, "Ring", "100", "2024", APP);
        if (!path.endsWith("externalMedia")) {
            asterisk.connectMedia();
        }

        continued();
        nothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"400, Channel not found", "422, Channel not in Stasis application"})
    void callerHangsUpBeforeTheBridgeIsThere_isNoFailure(int status, String message) {
        connected();
        asterisk.ari.failNext("POST", "/bridges/.*/addChannel", status, message);
        pbx.incoming(CALLER, "Up", "100", "2024", APP);
        asterisk.connectMedia();

        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        nothingLeft();
    }

    @Test
    void callerHangsUpBeforeTheAudioIsThere_nothingIsLeft() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        asterisk.ari.awaitRequest("POST", "/channels/externalMedia");
        pbx.hangUp(CALLER);
        nothingLeft();

        // Asterisk's connection was on its way all the same: it is not taken for a call of the dialplan.
        FakeAsterisk.Leg late = asterisk.connectMedia();

        assertThat(late.awaitClosed()).isNotNull();
        assertThat(events).doesNotHaveAnyElementsOfTypes(CallEvent.Connected.class);
    }

    @Test
    void dialplanNamesAProviderThatIsNotHere_callerHearsSoAndTheDialplanGoesOn() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "2021", APP, "deepgram");
        FakeAsterisk.Leg leg = asterisk.connectMedia();

        leg.awaitSpeech(5);

        continued();
        nothingLeft();
        assertThat(endReason()).isEqualTo(EndReason.REFUSED);
    }

    @Test
    void anEarlierRunLeftThingsBehind_theyAreTakenDown() {
        OwnIds ids = new OwnIds(APP);
        OwnIds other = new OwnIds("another-app");
        pbx.existing(ids.media("old"), "AudioSocket/127.0.0.1:8090-x", APP);
        pbx.existing(other.media("old"), "AudioSocket/127.0.0.1:8091-x", "another-app");
        pbx.existingBridge(ids.bridge("old"), "patchcord old");
        pbx.existingBridge(other.bridge("old"), "patchcord old");

        connected();

        await().until(() -> pbx.channelIds().size() == 1 && pbx.bridgeIds().size() == 1);
        assertThat(pbx.channelIds()).containsExactly(other.media("old"));
        assertThat(pbx.bridgeIds()).containsExactly(other.bridge("old"));
    }

    @Test
    void eventsWereMissedWhileDisconnected_callIsEnded() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        asterisk.connectMedia().awaitSpeech(1);

        asterisk.ari.dropSockets();
        asterisk.ari.awaitNoSocket(APP);
        pbx.hangUp(CALLER);

        nothingLeft();
        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void anotherProgramTakesTheApplication_statusSaysSo() {
        connected();
        asterisk.ari.pushText("{\"type\":\"ApplicationReplaced\",\"application\":\"" + APP + "\"}");

        await().until(() -> agent.status().ari() == AgentStatus.AriState.DISCONNECTED);
        assertThat(agent.status().problem()).contains(APP);
    }

    @Test
    void callOfTheDialplan_isServedBesideAriAndEndsInOrder() {
        connected();
        FakeAsterisk.Leg leg = asterisk.connect(
                UUID.randomUUID(), new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port()));
        leg.awaitSpeech(5);

        leg.press('1');

        assertThat(leg.awaitClosed().kind()).isEqualTo(CloseReason.Kind.REMOTE_HANGUP);
        assertThat(endReason()).isEqualTo(EndReason.AGENT_HUNG_UP);
    }

    @Test
    void asteriskClosesWithoutReadingTheLastFrame_callerHasHungUp() throws IOException {
        connected();
        try (Socket leg = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
            UUID id = UUID.randomUUID();
            leg.getOutputStream()
                    .write(ByteBuffer.allocate(19)
                            .put(new byte[] {0x01, 0x00, 0x10})
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits())
                            .array());
            leg.getInputStream().readNBytes(323);
            leg.setSoLinger(true, 0);
        }

        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void agentIsClosed_callersGoOnInTheirDialplan() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        asterisk.connectMedia().awaitSpeech(1);

        agent.close();

        continued();
        nothingLeft();
        assertThat(endReason()).isEqualTo(EndReason.SHUTDOWN);
    }
}
