package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem.AgentSaid;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns of a cascade whose recogniser takes segments. */
class CascadeTurnTest {

    private final Call call = new Call();

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    @Test
    void callerAsks_isAnswered() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.lastHistory()).containsExactly(new CallerSaid("What are your hours?"));
    }

    @Test
    void finishedSentence_isAnsweredHalfASecondAfterItsEnd() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        Duration end = call.now();
        call.silence(3_000);

        assertThat(call.timeOf(S2sEvent.TurnEnded.class).minus(end)).isBetween(millis(400), millis(500));
        Duration firstAudio = Duration.ofNanos(mark(S2sEvent.Stage.FIRST_AUDIO));
        assertThat(firstAudio.minus(end)).isBetween(millis(400), millis(500));
    }

    @Test
    void unfinishedSentence_isWaitedFor() {
        call.llm.when("table", "For how many?");
        call.open();

        call.speak("I want to book a table and");
        Duration end = call.now();
        call.silence(700);
        assertThat(call.all(S2sEvent.TurnEnded.class)).isEmpty();
        call.silence(2_000);

        assertThat(call.timeOf(S2sEvent.TurnEnded.class).minus(end)).isBetween(millis(850), millis(1_000));
    }

    @Test
    void callerGoesOnAfterAPause_isOneTurn() {
        call.llm.when("saturday", "For how many?");
        call.open();

        call.speak("A table,");
        call.silence(600);
        call.speak("on Saturday.");
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("A table, on Saturday.");
        assertThat(call.lastHistory()).containsExactly(new CallerSaid("A table, on Saturday."));
    }

    @Test
    void audioStopsAfterTheQuestion_turnEndsByTheClock() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        Duration end = call.now();
        call.noAudio(3_000);

        assertThat(call.timeOf(S2sEvent.TurnEnded.class).minus(end)).isBetween(millis(400), millis(600));
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void audioStopsInTheMiddleOfAWord_turnEndsByTheClock() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("Your hours?");
        call.speak("please");
        call.noAudio(5_000);

        assertThat(call.transcripts()).hasSize(1);
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void endOfSpeech_isWhenItsLastFrameWasReceived() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.silence(500);
        call.speak("What are your hours?");
        Duration end = call.now();
        call.silence(2_000);

        Duration told =
                Duration.ofNanos(call.all(S2sEvent.TurnEnded.class).get(0).speechEndNanos());
        assertThat(told.minus(end).abs()).isLessThan(millis(60));
    }

    @Test
    void latencyMarks_areInOrderAndAddUp() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(2_000);

        List<S2sEvent.LatencyMark> marks = call.all(S2sEvent.LatencyMark.class);
        assertThat(marks).extracting(S2sEvent.LatencyMark::stage).containsExactly(S2sEvent.Stage.values());
        assertThat(marks).extracting(S2sEvent.LatencyMark::atNanos).isSorted();
        assertThat(mark(S2sEvent.Stage.FIRST_AUDIO))
                .isEqualTo(call.timeOf(S2sEvent.LatencyMark.class).toNanos());
    }

    @Test
    void click_isNoSpeech() {
        call.open();

        call.silence(500);
        call.session().sendAudio(click(30));
        call.silence(3_000);

        assertThat(call.all(S2sEvent.SpeechStarted.class)).isEmpty();
        assertThat(call.stt.segments()).isEmpty();
    }

    @Test
    void coughOfAFifthOfASecond_isNotAnswered() {
        call.open();

        call.silence(500);
        call.session().sendAudio(click(200));
        call.silence(3_000);

        assertThat(call.all(S2sEvent.TurnEnded.class)).isEmpty();
        assertThat(call.stt.segments()).isEmpty();
        assertThat(call.heard()).isEmpty();
    }

    @Test
    void firstWordIsNotCutOff() {
        call.llm.when("one", "Yes.");
        call.open();

        call.silence(2_000);
        call.speak("One two three.");
        call.silence(2_000);

        assertThat(call.transcripts()).containsExactly("One two three.");
        assertThat(call.stt.segments().get(0).duration())
                .isBetween(millis(3 * 200 + 400 + 150), millis(3 * 200 + 400 + 400));
    }

    @Test
    void secondQuestion_isAskedWithTheHistory() {
        call.greeting = Optional.of("Hello.");
        call.llm.when("hours", "We open at nine.").when("where", "In Baker Street.");
        call.open();
        call.silence(1_000);

        call.speak("Your hours?");
        call.silence(3_000);
        call.speak("Where are you?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Hello.", "We open at nine.", "In Baker Street.");
        assertThat(call.lastHistory())
                .containsExactly(
                        new AgentSaid("Hello.", false),
                        new CallerSaid("Your hours?"),
                        new AgentSaid("We open at nine.", false),
                        new CallerSaid("Where are you?"));
    }

    @Test
    void longSpeech_isRecognisedInPartsAndLosesNothing() {
        call.llm.when("", "I see.");
        call.open();
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            story.append("w").append(i).append(i % 8 == 7 ? ", " : " ");
        }
        String text = story.toString().strip();

        for (String sentence : text.replace(", ", ",\n").lines().toList()) {
            call.speak(sentence);
            call.silence(120);
        }
        call.silence(5_000);

        assertThat(String.join(" ", call.transcripts())).isEqualTo(text);
        assertThat(call.transcripts()).hasSize(1);
        assertThat(call.stt.segments()).hasSizeGreaterThan(1);
        assertThat(call.stt.segments())
                .allSatisfy(segment -> assertThat(segment.duration()).isLessThan(Duration.ofSeconds(16)));
    }

    @Test
    void partAfterAPause_beginsInTheSilenceBeforeIt() {
        call.llm.when("", "I see.");
        call.settings = CascadeSettings.builder().longestPart(millis(1_500)).build();
        call.open();

        call.speak("One two three four five six,");
        call.silence(600);
        call.speak("seven eight nine.");
        call.silence(2_000);

        assertThat(call.transcripts()).containsExactly("One two three four five six, seven eight nine.");
        assertThat(call.stt.segments()).hasSize(2);
        assertThat(call.stt.segments().get(1).duration()).isBetween(millis(400 + 600 + 150), millis(400 + 600 + 300));
    }

    @Test
    void voiceWithoutEnd_isATurnAfterAMinute() {
        call.llm.when("", "I see.");
        call.open();

        for (int i = 0; i < 350; i++) {
            call.speak("la");
        }

        assertThat(call.all(S2sEvent.TurnEnded.class)).isNotEmpty();
        call.silence(5_000);
        assertThat(String.join("", call.transcripts())
                        .chars()
                        .filter(c -> c == 'l')
                        .count())
                .isBetween(345L, 355L);
    }

    private long mark(S2sEvent.Stage stage) {
        return call.all(S2sEvent.LatencyMark.class).stream()
                .filter(mark -> mark.stage() == stage)
                .findFirst()
                .orElseThrow()
                .atNanos();
    }

    private AudioFrame click(int millis) {
        AudioFrame word = call.tones.speak(8_000, "noise");
        int bytes = word.format().bytesIn(millis(millis));
        byte[] data = Arrays.copyOf(word.data(), bytes);
        return new AudioConverter(AudioFormat.ULAW_8K).convert(AudioFrame.of(word.format(), data));
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
