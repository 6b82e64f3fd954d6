package io.patchcord.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedS2s;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CallSessionTest {

    private final ManualCallLoop loop = new ManualCallLoop();
    private final FakeMediaPort port = new FakeMediaPort();
    private final ScriptedS2s provider = new ScriptedS2s();
    private final List<CallEvent> events = new ArrayList<>();
    private final List<String> control = new ArrayList<>();
    private final AgentProfile profile = AgentProfile.builder("test")
            .greeting("Hello.")
            .maxDuration(Duration.ofMinutes(10))
            .build();
    private final VoiceAgent agent =
            new VoiceAgent(provider, profile, Tools.builtIn(), (call, event) -> events.add(event));
    private final CallContext context =
            new CallContext("c1", CallContext.Arrival.STASIS, "1.1", "100", "Ann", "2000", "scripted", "test");

    @Test
    void fromTheFirstMoment_silenceIsSentAndTheProviderKnowsTheCall() {
        start(agent);
        loop.advance(Duration.ofMillis(100));

        assertThat(port.sent()).hasSize(6);
        assertThat(provider.request().greeting()).contains("Hello.");
        assertThat(provider.request().tools())
                .extracting(tool -> tool.name())
                .containsExactly("hang_up", "transfer", "take_message");
    }

    @Test
    void greetingIsReadyBeforeTheCallIsLive_isHeardFromItsFirstFrame() {
        CallSession session = start(agent);
        provider.respond("r1", Duration.ofMillis(100));
        loop.advance(Duration.ofMillis(200));
        assertThat(port.sentSpeech()).isEmpty();

        session.live();
        loop.advance(Duration.ofMillis(200));

        assertThat(port.sentSpeech()).hasSize(5);
        assertThat(provider.log()).containsExactly("playedOut r1");
    }

    @Test
    void greetingIsReadyBeforeTheCallIsLive_isToldAfterTheCallItself() {
        CallSession session = start(agent);
        provider.emit(new S2sEvent.ResponseText("r1", "Hello."));
        assertThat(events).isEmpty();

        session.live();

        assertThat(events).containsExactly(new CallEvent.Connected(), new CallEvent.AgentSaid("r1", "Hello."));
    }

    @Test
    void callerInterrupts_stopsPlayoutWithinOnePtimeAndDropsTheRest() {
        live(agent);
        provider.emit(new S2sEvent.ResponseStarted("r1"));
        provider.emit(new S2sEvent.ResponseAudio("r1", ScriptedS2s.tone(Duration.ofSeconds(5))));
        loop.advance(Duration.ofMillis(400));

        provider.emit(new S2sEvent.SpeechStarted());
        loop.advance(profile.bargeIn().minSpeech());
        int heard = port.sentSpeech().size();
        provider.emit(new S2sEvent.ResponseAudio("r1", ScriptedS2s.tone(Duration.ofSeconds(1))));
        provider.emit(new S2sEvent.ResponseDone("r1"));
        loop.advance(Duration.ofSeconds(2));

        assertThat(port.sentSpeech().size() - heard).isLessThanOrEqualTo(1);
        assertThat(provider.log()).containsExactly("interrupt r1 " + heard * 20);
        assertThat(events)
                .filteredOn(CallEvent.Interrupted.class::isInstance)
                .containsExactly(new CallEvent.Interrupted("r1", Duration.ofMillis(heard * 20L)));
    }

    @Test
    void answerToATurn_isMeasuredInPartsThatAddUp() {
        live(agent);
        loop.advance(Duration.ofSeconds(1));
        long speechEnd = loop.nanoTime();
        loop.advance(Duration.ofMillis(450));
        provider.emit(new S2sEvent.TurnEnded(speechEnd));
        provider.emit(new S2sEvent.LatencyMark(S2sEvent.Stage.ENDPOINT, loop.nanoTime()));
        loop.advance(Duration.ofMillis(150));
        provider.emit(new S2sEvent.LatencyMark(S2sEvent.Stage.FIRST_TEXT, loop.nanoTime()));
        loop.advance(Duration.ofMillis(40));
        provider.emit(new S2sEvent.LatencyMark(S2sEvent.Stage.FIRST_AUDIO, loop.nanoTime()));
        provider.respond("r1", Duration.ofMillis(200));
        loop.advance(Duration.ofMillis(100));

        CallEvent.Answered answered = events.stream()
                .filter(CallEvent.Answered.class::isInstance)
                .map(CallEvent.Answered.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(answered.latency().endpoint()).isEqualTo(Duration.ofMillis(450));
        assertThat(answered.latency().transcript()).isZero();
        assertThat(answered.latency().firstText()).isEqualTo(Duration.ofMillis(150));
        assertThat(answered.latency().firstAudio()).isEqualTo(Duration.ofMillis(40));
        assertThat(answered.latency().total())
                .isBetween(Duration.ofMillis(640), Duration.ofMillis(660))
                .isEqualTo(Duration.ofMillis(640).plus(answered.latency().firstFrame()));
    }

    @Test
    void modelHangsUpBeforeItsFarewellHasCome_itIsHeardFirst() {
        live(agent);
        provider.emit(new S2sEvent.ToolCall("t1", "hang_up", Map.of()));
        loop.advance(Duration.ofMillis(500));
        assertThat(control).isEmpty();

        provider.respond("r1", Duration.ofSeconds(1));
        loop.advance(Duration.ofMillis(900));
        assertThat(control).isEmpty();
        loop.advance(Duration.ofMillis(200));
        assertThat(control).containsExactly("hangUp");
        assertThat(provider.log()).doesNotContain("toolResult t1 The call ends now.");
    }

    @Test
    void modelHangsUpWithoutAWord_theCallEndsWithinASecond() {
        live(agent);
        provider.emit(new S2sEvent.ToolCall("t1", "hang_up", Map.of()));
        loop.advance(Duration.ofSeconds(1));

        assertThat(control).containsExactly("hangUp");
    }

    @Test
    void modelHangsUp_farewellIsHeardFirst() {
        live(agent);
        provider.emit(new S2sEvent.ResponseStarted("r1"));
        provider.emit(new S2sEvent.ToolCall("t1", "hang_up", Map.of()));
        provider.emit(new S2sEvent.ResponseAudio("r1", ScriptedS2s.tone(Duration.ofSeconds(1))));
        provider.emit(new S2sEvent.ResponseDone("r1"));
        loop.advance(Duration.ofMillis(900));
        assertThat(control).isEmpty();

        loop.advance(Duration.ofMillis(200));

        assertThat(control).containsExactly("hangUp");
        assertThat(port.sentSpeech()).hasSize(50);
        assertThat(port.isClosed()).isTrue();
        assertThat(endReason()).isEqualTo(EndReason.AGENT_HUNG_UP);
        assertThat(provider.log()).doesNotContain("toolResult t1 The call ends now.");
    }

    @Test
    void modelTransfers_callerGoesThereAfterTheLastWord() {
        live(agent);
        provider.respond("r1", Duration.ofMillis(100));
        provider.emit(new S2sEvent.ToolCall("t1", "transfer", Map.of("destination", "7001")));
        loop.advance(Duration.ofMillis(300));

        assertThat(control).containsExactly("transfer 7001");
        assertThat(endReason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void modelTransfersToNonsense_isToldSo() {
        live(agent);
        provider.emit(new S2sEvent.ToolCall("t1", "transfer", Map.of("destination", "7001&Hangup()")));
        loop.advance(Duration.ofMillis(100));

        assertThat(control).isEmpty();
        assertThat(provider.log()).singleElement().asString().startsWith("toolResult t1 Not done");
    }

    @Test
    void modelCallsAToolThatIsNotThere_isToldSo() {
        live(agent);
        provider.emit(new S2sEvent.ToolCall("t1", "order_pizza", Map.of()));

        assertThat(provider.log()).singleElement().asString().contains("no tool named order_pizza");
    }

    @Test
    void callerHangsUp_everythingIsClosedOnce() {
        live(agent);
        port.callerHangsUp();
        int sent = port.sent().size();
        loop.advance(Duration.ofSeconds(1));

        assertThat(port.sent()).hasSize(sent);
        assertThat(provider.log()).containsExactly("close");
        assertThat(events).filteredOn(CallEvent.Ended.class::isInstance).hasSize(1);
        assertThat(endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void providerRefusesAtOnce_callIsGivenUp() {
        provider.refuse(new ProviderException(ProviderException.Kind.UNAVAILABLE, "nobody there"));
        start(agent);

        assertThat(control).containsExactly("giveUp");
        assertThat(endReason()).isEqualTo(EndReason.PROVIDER_FAILED);
    }

    @Test
    void providerFailsLater_whatItSaidIsHeardThenTheCallIsGivenUp() {
        live(agent);
        provider.respond("r1", Duration.ofMillis(200));
        provider.emit(new S2sEvent.Failed(new ProviderException(ProviderException.Kind.UNAVAILABLE, "gone")));
        loop.advance(Duration.ofMillis(100));
        assertThat(control).isEmpty();

        loop.advance(Duration.ofMillis(300));

        assertThat(control).containsExactly("giveUp");
        assertThat(port.sentSpeech()).hasSize(10);
    }

    @Test
    void providerFailsInTheMiddleOfASentence_callIsGivenUpWhenItsBeginningWasHeard() {
        live(agent);
        provider.emit(new S2sEvent.ResponseStarted("r1"));
        provider.emit(new S2sEvent.ResponseAudio("r1", ScriptedS2s.tone(Duration.ofMillis(200))));
        provider.emit(new S2sEvent.Failed(new ProviderException(ProviderException.Kind.UNAVAILABLE, "gone")));

        loop.advance(Duration.ofMillis(300));

        assertThat(control).containsExactly("giveUp");
        assertThat(port.sentSpeech()).hasSize(10);
    }

    @Test
    void providerClosesAfterItsLastWords_theyAreHeardToTheirEnd() {
        live(agent);
        provider.respond("r1", Duration.ofMillis(200));
        provider.emit(new S2sEvent.ToolCall("t1", "hang_up", Map.of()));
        provider.emit(new S2sEvent.Closed());

        loop.advance(Duration.ofMillis(300));

        assertThat(port.sentSpeech()).hasSize(10);
        assertThat(control).containsExactly("hangUp");
        assertThat(endReason()).isEqualTo(EndReason.AGENT_HUNG_UP);
    }

    @Test
    void farewellNeverEnds_callIsEndedAllTheSame() {
        live(agent);
        provider.emit(new S2sEvent.ResponseStarted("r1"));
        provider.emit(new S2sEvent.ToolCall("t1", "hang_up", Map.of()));
        loop.advance(Duration.ofSeconds(30));

        assertThat(control).containsExactly("hangUp");
    }

    @Test
    void refusedCall_hearsTheSentenceAndIsGivenUp() {
        CallSession session = agent.newRefusal(context, loop, port, new Control());
        session.start();
        session.live();
        assertThat(provider.request().greeting()).contains(profile.notConfigured());
        provider.respond("r1", Duration.ofMillis(100));
        port.callerSends(ScriptedS2s.tone(Duration.ofMillis(20)));

        loop.advance(Duration.ofMillis(300));

        assertThat(provider.audioFrames()).isZero();
        assertThat(port.sentSpeech()).hasSize(5);
        assertThat(control).containsExactly("giveUp");
        assertThat(endReason()).isEqualTo(EndReason.REFUSED);
    }

    @Test
    void callLastsTooLong_isEnded() {
        live(agent);
        loop.advance(Duration.ofMinutes(10));

        assertThat(control).containsExactly("hangUp");
        assertThat(endReason()).isEqualTo(EndReason.TOO_LONG);
    }

    @Test
    void callerPressesAKey_providerAndListenerHearOfIt() {
        live(agent);
        port.callerPresses('5');

        assertThat(provider.log()).containsExactly("dtmf 5");
        assertThat(events).contains(new CallEvent.CallerPressed('5'));
    }

    @Test
    void toolChangesTheAgent_providerHearsOfIt() {
        ToolSpec spec = new ToolSpec("to_sales", "Become the salesman.", "{\"type\":\"object\"}");
        Tool tool = new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public CompletionStage<String> call(ToolContext call, Map<String, Object> arguments) {
                call.changeInstructions("You sell.");
                call.changeVoice("low");
                return CompletableFuture.completedFuture("Done.");
            }
        };
        live(new VoiceAgent(provider, profile, Tools.of(List.of(tool)), (call, event) -> events.add(event)));

        provider.emit(new S2sEvent.ToolCall("t1", "to_sales", Map.of()));

        assertThat(provider.log()).containsExactly("instructions You sell.", "voice low", "toolResult t1 Done.");
    }

    @Test
    void listenerThrows_callGoesOn() {
        VoiceAgent noisy = new VoiceAgent(provider, profile, Tools.builtIn(), (call, event) -> {
            throw new IllegalStateException("listener");
        });
        live(noisy);
        provider.respond("r1", Duration.ofMillis(100));
        loop.advance(Duration.ofMillis(200));

        assertThat(port.sentSpeech()).hasSize(5);
    }

    private CallSession live(VoiceAgent voiceAgent) {
        CallSession session = start(voiceAgent);
        session.live();
        return session;
    }

    private CallSession start(VoiceAgent voiceAgent) {
        CallSession session = voiceAgent.newCall(context, loop, port, new Control());
        session.start();
        return session;
    }

    private EndReason endReason() {
        return events.stream()
                .filter(CallEvent.Ended.class::isInstance)
                .map(event -> ((CallEvent.Ended) event).reason())
                .findFirst()
                .orElseThrow();
    }

    private final class Control implements CallControl {
        @Override
        public void hangUp() {
            control.add("hangUp");
        }

        @Override
        public void transfer(String destination) {
            control.add("transfer " + destination);
        }

        @Override
        public void giveUp() {
            control.add("giveUp");
        }
    }
}
