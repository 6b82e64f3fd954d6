package io.patchcord.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.CascadeEngine;
import io.patchcord.agent.pipeline.CascadeSettings;
import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedReply;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.agent.tool.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole calls with a cascade: from the caller's frames to the frames that the caller hears, in virtual time. */
class CascadeCallTest {

    private static final Duration PTIME = Duration.ofMillis(20);
    private static final String LONG_ANSWER = "We open at nine. We close at five. On Sunday we rest.";

    private final ManualCallLoop loop = new ManualCallLoop();
    private final ToneSpeech tones = new ToneSpeech();
    private final FakeMediaPort port = new FakeMediaPort();
    private final ScriptedLlm llm = new ScriptedLlm().greeting("Hello, this is the shop.");
    private final ScriptedTts tts = new ScriptedTts(tones);
    private final List<CallEvent> events = new ArrayList<>();
    private final List<String> control = new ArrayList<>();

    @Test
    void callerIsGreeted_asks_andIsAnswered_withinASecond() {
        llm.when("hours", "We open at nine.");
        start();
        silence(3_000);

        speak("What are your hours?");
        silence(4_000);

        assertThat(heard()).isEqualTo("Hello, this is the shop. We open at nine.");
        CallEvent.Answered answered = all(CallEvent.Answered.class).get(0);
        assertThat(answered.latency().total()).isBetween(Duration.ofMillis(450), Duration.ofMillis(560));
        assertThat(port.sent()).hasSizeBetween(390, 395);
    }

    @Test
    void callerInterruptsTheGreeting_theVoiceStops_andTheQuestionIsAnswered() {
        llm.greeting("Hello and welcome to the shop. We sell wheels. We repair wheels. Ask us anything.")
                .when("hours", "We open at nine.");
        start();
        silence(600);
        int before = port.sentSpeech().size();

        speak("What are your hours?");
        silence(4_000);

        // 90 ms until it is speech, 150 ms of the policy, a window and a frame; less than that is heard in words.
        assertThat(all(CallEvent.Interrupted.class)).hasSize(1);
        Duration spokenOn = all(CallEvent.Interrupted.class).get(0).playedOut().minus(PTIME.multipliedBy(before));
        assertThat(spokenOn).isLessThan(Duration.ofMillis(400));
        assertThat(heard()).endsWith("We open at nine.").doesNotContain("repair");
        assertThat(lastHistory().get(0)).isInstanceOfSatisfying(ConversationItem.AgentSaid.class, said -> {
            assertThat(said.interrupted()).isTrue();
            assertThat("Hello and welcome to the shop.").startsWith(said.text());
        });
    }

    @Test
    void callerPressesAKeyThatTheModelActsUpon_theVoiceStops_andTheKeyIsAnswered() {
        llm.greeting("Hello and welcome to the shop. We sell wheels. We repair wheels. Ask us anything.")
                .whenKey('1', "Sales.");
        start();
        silence(600);

        port.callerPresses('1');
        silence(2_000);

        assertThat(all(CallEvent.Interrupted.class)).hasSize(1);
        assertThat(all(CallEvent.CallerSaid.class)).isEmpty();
        assertThat(heard()).startsWith("Hello").endsWith("Sales.").doesNotContain("repair");
        assertThat(all(CallEvent.Answered.class)).hasSize(1);
    }

    @Test
    void callerGoesOnWhileTheAnswerIsBeingMade_isOneTurnWithOneAnswer() {
        llm.greeting("").when("hours", "We open at nine.").when("tell", "What?");
        tts.delay(Duration.ofMillis(1_500), Duration.ofMillis(10));
        start();

        speak("Tell me please.");
        silence(620);
        speak("Your hours?");
        silence(6_000);

        assertThat(lastHistory()).containsExactly(new ConversationItem.CallerSaid("Tell me please. Your hours?"));
        assertThat(heard()).isEqualTo("We open at nine.");
    }

    @Test
    void coughBeforeTheAnswerIsHeard_theAnswerStillComes() {
        llm.greeting("").when("hours", "We open at nine.");
        tts.delay(Duration.ofMillis(600), Duration.ofMillis(10));
        start();

        speak("Your hours?");
        silence(620);
        speak("cough");
        silence(6_000);

        assertThat(heard()).isEqualTo("We open at nine.");
    }

    @Test
    void coughThatStopsTheAgent_isAskedAbout() {
        llm.greeting("").when("hours", LONG_ANSWER);
        start();
        speak("Your hours?");
        silence(1_500);

        speak("cough");
        silence(6_000);

        assertThat(all(CallEvent.Interrupted.class)).hasSize(1);
        assertThat(heard()).endsWith("Say again?");
    }

    @Test
    void callerSaysGoodbye_farewellIsHeardToItsEnd_beforeTheCallEnds() {
        llm.greeting("")
                .when(
                        "goodbye",
                        ScriptedReply.text("Goodbye and thank you.")
                                .callTool("t1", "hang_up", Map.of())
                                .done());
        start();

        speak("Thanks and goodbye.");
        silence(4_000);

        assertThat(control).containsExactly("hang up");
        assertThat(heard()).isEqualTo("Goodbye and thank you.");
        assertThat(port.isClosed()).isTrue();
    }

    @Test
    void sentencesInMemory_areAnsweredAsSoonAsTheTurnIsOver() {
        llm.greeting("").when("", ScriptedReply.of("We open at nine."));
        start();
        speak("Your hours?");
        silence(4_000);
        speak("Once more, your hours?");
        silence(4_000);

        List<CallEvent.Answered> answers = all(CallEvent.Answered.class);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(1).latency().firstAudio()).isZero();
        assertThat(tts.spoken()).containsExactly("We open at nine.");
    }

    private void start() {
        CascadeEngine engine = new CascadeEngine(
                new ScriptedStt(loop, tones),
                llm,
                new CachingTtsEngine(tts),
                Optional.of(new ScriptedVad()),
                CascadeSettings.builder()
                        .phrases(new CascadeSettings.Phrases("Too busy.", "Trouble.", "Say again?", "Call later."))
                        .build());
        VoiceAgent agent = new VoiceAgent(
                engine, AgentProfile.builder("test").build(), Tools.builtIn(), (call, event) -> events.add(event));
        CallContext context =
                new CallContext("c1", CallContext.Arrival.STASIS, "1.1", "100", "Ann", "2000", "scripted", "test");
        CallSession session = agent.newCall(context, loop, port, new Control());
        session.start();
        session.live();
        loop.runPending();
    }

    private void speak(String text) {
        send(tones.speak(8_000, text));
    }

    private void silence(int millis) {
        send(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }

    private void send(AudioFrame audio) {
        for (AudioFrame frame : Pieces.of(audio, PTIME)) {
            port.callerSends(frame);
            loop.advance(PTIME);
        }
    }

    private String heard() {
        return tones.hear(Pieces.join(AudioFormat.SLIN_8K, port.sent()));
    }

    private List<ConversationItem> lastHistory() {
        return llm.histories().get(llm.histories().size() - 1);
    }

    private <E extends CallEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private final class Control implements CallControl {

        @Override
        public void hangUp() {
            control.add("hang up");
        }

        @Override
        public void transfer(String destination) {
            control.add("transfer " + destination);
        }

        @Override
        public void giveUp() {
            control.add("give up");
        }
    }
}
