package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.DialplanTarget;
import io.patchcord.ari.testing.FakeReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls to which two things happen at once, and an Asterisk that does not do what it is asked. */
class CallRacesTest extends AgentAtFakeAsterisk {

    private static final String OTHER_CALLER = "1764000000.2";

    @Test
    void dialplanBringsTheCallerBackWhileTheCallIsTakenDown_isANewCall() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);
        asterisk.ari.clearRequests();

        pbx.comesBack(CALLER, APP);
        leg.press('2');

        FakeAsterisk.Leg second = asterisk.connectMedia();
        second.awaitSpeech(5);
        pbx.hangUp(CALLER);
        assertThat(second.awaitClosed()).isNotNull();
        nothingLeft();
        assertThat(events).filteredOn(CallEvent.Ended.class::isInstance).hasSize(2);
    }

    @Test
    void twoCallersAtOnceAndRoomForOne_theSecondGoesOnInTheDialplan() {
        agent = settings(APP).maxCalls(1).build();
        connected();

        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        pbx.incoming(OTHER_CALLER, "Up", "101", "1003", APP);

        asterisk.ari.awaitRequest("POST", "/channels/" + OTHER_CALLER + "/continue");
        asterisk.connectMedia().awaitSpeech(5);
        assertThat(asterisk.ari.requests("POST", "/channels/externalMedia")).hasSize(1);
    }

    @Test
    void callerLeavesBeforeTheAudioIsThere_hisPlaceIsFreeAgain() {
        agent = settings(APP).maxCalls(1).build();
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        asterisk.ari.awaitRequest("POST", "/channels/externalMedia");
        pbx.hangUp(CALLER);
        asterisk.ari.awaitRequest("DELETE", "/bridges/.*");
        await().until(() -> pbx.bridgeIds().isEmpty());
        asterisk.ari.clearRequests();

        await("room for the next caller").until(() -> {
            pbx.incoming(OTHER_CALLER, "Up", "101", "1003", APP);
            return asterisk.ari.requests("POST", "/channels/externalMedia").size() == 1;
        });
        asterisk.connectMedia().awaitSpeech(5);
    }

    @Test
    void agentIsClosedWhileACallIsSetUp_callerGoesOnInTheDialplan() {
        connected();
        asterisk.ari.answerNext("POST", "/channels/.*/answer", new FakeReply(204, ""));
        pbx.incoming(CALLER, "Ring", "100", "1003", APP);
        asterisk.ari.awaitRequest("POST", "/channels/.*/answer");
        asterisk.ari.awaitRequest("POST", "/channels/externalMedia");

        agent.close();

        continued();
        nothingLeft();
    }

    @Test
    void transferIsRefused_callerGoesOnInTheDialplan() {
        connected();
        asterisk.ari.failNext("POST", "/channels/.*/continue", 500, "Allocation failed");
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);

        leg.press('2');

        nothingLeft();
        await("the second try")
                .until(() ->
                        asterisk.ari.requests("POST", "/channels/.*/continue").size() == 2);
        assertThat(asterisk.ari.requests("POST", "/channels/.*/continue").get(1).parameters())
                .doesNotContainKey("extension");
    }

    @Test
    void toolSendsTheCallerToWhatIsNoPlace_callerGoesOnInTheDialplan() {
        Tool nowhere = new Tool() {
            @Override
            public ToolSpec spec() {
                return new ToolSpec("hang_up", "Sends callers away.", "{\"type\":\"object\"}");
            }

            @Override
            public CompletionStage<String> call(ToolContext call, Map<String, Object> arguments) {
                call.transferAfterLastWord("people,7001,one");
                return CompletableFuture.completedFuture("Done.");
            }
        };
        agent = settings(APP).tools(Tools.of(List.of(nowhere))).build();
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        leg.awaitSpeech(5);

        leg.press('1');

        continued();
        nothingLeft();
    }

    @Test
    void callerIsSentElsewhereWhileDisconnected_callIsEnded() {
        connected();
        pbx.incoming(CALLER, "Up", "100", "1003", APP);
        asterisk.connectMedia().awaitSpeech(1);

        asterisk.ari.dropSockets();
        asterisk.ari.awaitNoSocket(APP);
        try (AriClient somebody = asterisk.ari.clientBuilder().build()) {
            somebody.channels()
                    .continueInDialplan(CALLER, DialplanTarget.next())
                    .join();
        }

        nothingLeft();
        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void callerAnswersWhileDisconnected_callIsSetUpAfterTheReconnect() {
        connected();
        asterisk.ari.answerNext("POST", "/channels/.*/answer", new FakeReply(204, ""));
        pbx.incoming(CALLER, "Ring", "100", "1003", APP);
        asterisk.ari.awaitRequest("POST", "/channels/.*/answer");
        FakeAsterisk.Leg leg = asterisk.connectMedia();
        asterisk.ari.closeSockets(1001, "");
        try (AriClient phone = asterisk.ari.clientBuilder().build()) {
            phone.channels().answer(CALLER).join();
        }

        leg.awaitSpeech(5);
    }

    @Test
    void anotherProgramHasOneOfTheApplications_whatIsItsOwnIsLeftAlone() {
        agent = settings(APP, "second-app").build();
        connected();
        asterisk.ari.pushText("{\"type\":\"ApplicationReplaced\",\"application\":\"" + APP + "\"}");
        await().until(() -> agent.status().ari() == AgentStatus.AriState.DISCONNECTED);
        OwnIds its = new OwnIds(APP);
        pbx.existing(its.media("its"), "AudioSocket/127.0.0.1:8090-x", APP);
        pbx.existingBridge(its.bridge("its"), "patchcord its");
        asterisk.ari.clearRequests();

        asterisk.ari.dropSockets();
        asterisk.ari.awaitRequest("GET", "/bridges");
        pbx.incoming(CALLER, "Up", "100", "1003", "second-app");
        asterisk.connectMedia().awaitSpeech(5);

        assertThat(pbx.channelIds()).contains(its.media("its"));
        assertThat(pbx.bridgeIds()).contains(its.bridge("its"));
        assertThat(agent.status().problem()).contains(APP);
        pbx.hangUp(CALLER);
        await().until(() -> pbx.channelIds().size() == 1);
    }

    @Test
    void dialplanHasOneUuidForAllCallers_eachIsACallOfItsOwn() {
        connected();
        UUID fixed = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port());
        FakeAsterisk.Leg first = asterisk.connect(fixed, address);
        FakeAsterisk.Leg second = asterisk.connect(fixed, address);
        first.awaitSpeech(5);
        second.awaitSpeech(5);
        assertThat(agent.status().activeCalls()).isEqualTo(2);

        first.press('1');
        first.awaitClosed();
        endReason();

        assertThat(agent.status().activeCalls()).isEqualTo(1);
        agent.close();
        second.awaitClosed();
        assertThat(events)
                .filteredOn(CallEvent.Ended.class::isInstance)
                .extracting(event -> ((CallEvent.Ended) event).reason())
                .containsExactly(EndReason.AGENT_HUNG_UP, EndReason.SHUTDOWN);
    }

    @Test
    void twoChannelsHaveTheSameUuid_noneIsTakenForTheOther() {
        connected();
        UUID fixed = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");
        pbx.inAudioSocket(CALLER, fixed.toString());
        pbx.inAudioSocket(OTHER_CALLER, fixed.toString());

        asterisk.connect(fixed, new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port()))
                .awaitSpeech(1);

        assertThat(contexts.get(0).channelId()).isEmpty();
    }
}
