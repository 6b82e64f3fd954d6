package io.patchcord.app.caller;

import static io.patchcord.app.caller.Sounds.frame;
import static io.patchcord.app.caller.Sounds.silence;
import static io.patchcord.app.caller.Sounds.tone;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.CallerStep.Press;
import io.patchcord.app.caller.CallerStep.Say;
import io.patchcord.app.caller.Conversation.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** In virtual time: the agent sends a frame 5 ms after each of the caller's. */
class ConversationTest {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final long MILLI = 1_000_000;
    private static final int AGENT_PHASE = 5;

    /** What the agent sends, by the millisecond at which it begins; silence in between. */
    private final TreeMap<Integer, Integer> agentSpeaks = new TreeMap<>();

    private final List<Integer> callerSounds = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private Optional<Duration> interruptAfter = Optional.empty();
    private int endedAt;

    @Test
    void question_isAskedWhenTheGreetingIsOver_andTheAnswerIsTimedFromItsLastSound() {
        // Given: a greeting from 205 to 1205 ms; a question whose sound lasts from 100 to 700 ms of its own time.
        agentSpeaks.put(205, 1_000);
        agentSpeaks.put(3_505, 800);

        Conversation conversation = run(new Say("q", frame(silence(100), tone(600), silence(300))));

        // Then: the last sound of the greeting arrives at 1185, a second of quiet is over by the tick at 2200.
        assertThat(callerSounds).startsWith(2_300).endsWith(2_880);
        Turn greeting = conversation.turns().get(0);
        assertThat(greeting.timeToFirstAudio()).hasValue(Duration.ofMillis(205));
        assertThat(greeting.replyLength()).hasValue(Duration.ofMillis(980));
        Turn turn = conversation.turns().get(1);
        assertThat(turn.isAnswered()).isTrue();
        assertThat(turn.timeToFirstAudio()).hasValue(Duration.ofMillis(3_505 - 2_880));
        assertThat(turn.timeToStop()).isEmpty();
        assertThat(turn.agentSpokeOver()).isFalse();
        assertThat(endedAt).isEqualTo(5_300);
    }

    @Test
    void pauseWithinAnAnswer_doesNotEndIt() {
        agentSpeaks.put(5, 300);
        agentSpeaks.put(1_905, 300);
        agentSpeaks.put(3_005, 300);

        Conversation conversation = run(new Say("q", frame(tone(300))));

        assertThat(conversation.turns()).hasSize(2);
        assertThat(conversation.turns().get(1).replyLength()).hasValue(Duration.ofMillis(1_380));
        assertThat(endedAt).isEqualTo(4_300);
    }

    @Test
    void agentWithoutGreeting_isSpokenToAllTheSame() {
        agentSpeaks.put(5_805, 300);

        Conversation conversation = run(new Say("q", frame(tone(300))));

        assertThat(callerSounds).startsWith(5_000);
        assertThat(conversation.turns().get(0).isAnswered()).isFalse();
        assertThat(conversation.turns().get(1).timeToFirstAudio()).hasValue(Duration.ofMillis(5_805 - 5_280));
    }

    @Test
    void silentAgent_isGivenUp() {
        Conversation conversation = run(new Say("a", frame(tone(300))), new Say("b", frame(tone(300))));

        assertThat(conversation.turns()).hasSize(3).noneMatch(Turn::isAnswered);
        assertThat(conversation.hasSaidAll()).isTrue();
        assertThat(endedAt).isEqualTo(5_000 + 280 + 10_000 + 280 + 20 - 20 + 10_000);
    }

    @Test
    void interruption_isTimedFromTheFirstSound_toTheLastOneOfTheAgent() {
        // Given: a caller who speaks after 800 ms of greeting, and an agent that stops 320 ms later and then answers.
        interruptAfter = Optional.of(Duration.ofMillis(800));
        agentSpeaks.put(105, 1_120);
        agentSpeaks.put(2_505, 500);

        Conversation conversation = run(new Say("stop", frame(tone(1_000))));

        assertThat(callerSounds).startsWith(920);
        Turn turn = conversation.turns().get(1);
        assertThat(turn.interrupts()).isTrue();
        assertThat(turn.timeToStop()).hasValue(Duration.ofMillis(1_205 - 920));
        assertThat(turn.agentSpokeOver()).isFalse();
        assertThat(turn.timeToFirstAudio()).hasValue(Duration.ofMillis(2_505 - 1_900));
    }

    @Test
    void agentThatTalksOn_hasNotAnswered() {
        interruptAfter = Optional.of(Duration.ofMillis(200));
        agentSpeaks.put(5, 5_000);

        Conversation conversation = run(new Say("stop", frame(tone(300))));

        Turn turn = conversation.turns().get(1);
        assertThat(turn.isAnswered()).isFalse();
        assertThat(turn.timeToStop()).hasValue(Duration.ofMillis(4_985 - 220));
        assertThat(turn.timeToFirstAudio()).isEmpty();
    }

    @Test
    void agentThatDoesNotLetTheCallerFinish_isFound() {
        agentSpeaks.put(5, 300);
        agentSpeaks.put(1_705, 500);

        Conversation conversation = run(new Say("q", frame(tone(1_000))));

        Turn turn = conversation.turns().get(1);
        assertThat(turn.agentSpokeOver()).isTrue();
        assertThat(turn.isAnswered()).isTrue();
        assertThat(turn.timeToFirstAudio()).isEmpty();
    }

    @Test
    void keys_arePressedOneAfterTheOther_andTimedFromTheLast() {
        agentSpeaks.put(5, 300);
        agentSpeaks.put(2_005, 300);

        Conversation conversation = run(new Press("12#"));

        assertThat(keys).containsExactly("1300 1", "1500 2", "1700 #");
        assertThat(conversation.turns().get(1).timeToFirstAudio()).hasValue(Duration.ofMillis(2_005 - 1_700));
    }

    @Test
    void nothingToSay_listensToTheGreeting() {
        agentSpeaks.put(105, 500);

        Conversation conversation = run();

        assertThat(conversation.turns()).hasSize(1);
        assertThat(conversation.turns().get(0).isAnswered()).isTrue();
        assertThat(endedAt).isEqualTo(1_600);
    }

    @Test
    void reply_isFoundInWhatWasReceived() {
        agentSpeaks.put(5, 300);
        agentSpeaks.put(2_005, 300);

        Conversation conversation = run(new Say("q", frame(tone(300))));

        assertThat(conversation.turns()).extracting(Turn::replyFrom).containsExactly(0, 2_000 * 8);
    }

    private Conversation run(CallerStep... steps) {
        Timing timing =
                new Timing(Duration.ofSeconds(5), QUIET, Duration.ofSeconds(10), interruptAfter, Duration.ofMinutes(3));
        Conversation conversation = new Conversation(List.of(steps), timing, 0);
        for (int now = 0; now < 60_000; now += 20) {
            Outgoing out = conversation.next(now * MILLI);
            if (conversation.isFinished()) {
                endedAt = now;
                return conversation;
            }
            note(now, out);
            int heardAt = now + AGENT_PHASE;
            conversation.received(heardAt * MILLI, agentSpeaksAt(heardAt) ? tone(20) : silence(20));
        }
        throw new AssertionError("the conversation does not end");
    }

    private void note(int now, Outgoing out) {
        if (Loudness.isSound(out.audio().toSamples())) {
            callerSounds.add(now);
        }
        if (out.key() != null) {
            keys.add(now + " " + out.key());
        }
    }

    private boolean agentSpeaksAt(int now) {
        var last = agentSpeaks.floorEntry(now);
        return last != null && now < last.getKey() + last.getValue();
    }
}
