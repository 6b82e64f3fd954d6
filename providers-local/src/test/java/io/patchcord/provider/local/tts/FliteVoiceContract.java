package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the voice, wherever it is made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FliteVoiceContract {

    static final String CLAUSE = "Our office is open from nine until five.";

    abstract FliteVoice newVoice();

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLAUSE,
                "Yes.",
                "The total comes to $42.50, or 10% less, on the 3rd of May at 4:30 p.m.",
                "Please hold while I connect you to Dr. O'Neill in room 1204.",
                "Which department would you like to speak to?"
            })
    void speech_hasTheLengthAndLevelOfSpeech_andIsNotClipped(String text) {
        Recording recording = new Recording();
        try (FliteVoice voice = newVoice()) {
            voice.speak(text, recording, () -> {});
        }

        assertThat(recording.seconds()).isBetween(0.25 + text.length() / 30.0, 1.0 + text.length() / 9.0);
        assertThat(recording.level()).as("dB below full scale").isBetween(-32.0, -15.0);
        assertThat(recording.peak()).as("peak").isBetween(6_000, 30_000);
        assertThat(recording.greatestStep()).as("step").isLessThan(45_000);
    }

    @Test
    void sound_comesInPiecesWhileItIsMade() {
        Recording recording = new Recording();
        try (FliteVoice voice = newVoice()) {
            voice.speak(CLAUSE, recording, () -> {});
        }

        assertThat(recording.pieces()).isGreaterThan(recording.samples().length / FliteVoice.CHUNK_SAMPLES - 1);
    }

    @Test
    void sinkSaysStop_nothingMoreComes_andTheNextUtteranceIsWhole() {
        try (FliteVoice voice = newVoice()) {
            int whole = Recording.of(voice, CLAUSE).length;
            for (int i = 0; i < 20; i++) {
                Recording stopped = new Recording(2);
                voice.speak(CLAUSE, stopped, () -> {});
                assertThat(stopped.pieces()).isEqualTo(2);
            }

            assertThat(Recording.of(voice, CLAUSE)).hasSize(whole);
        }
    }

    @Test
    void checkpointStopsBeforeTheFirstSound() {
        try (FliteVoice voice = newVoice()) {
            Recording recording = new Recording();

            voice.speak(CLAUSE, recording, () -> {
                throw new StopSpeaking();
            });

            assertThat(recording.pieces()).isZero();
            assertThat(Recording.of(voice, "Yes.")).isNotEmpty();
        }
    }

    @Test
    void sinkThrows_theUtteranceFails_andTheNextOneIsSpoken() {
        try (FliteVoice voice = newVoice()) {
            IllegalStateException broken = new IllegalStateException("the sink is broken");

            assertThatThrownBy(() -> voice.speak(
                            CLAUSE,
                            (samples, count) -> {
                                throw broken;
                            },
                            () -> {}))
                    .isInstanceOf(FliteException.class)
                    .hasCause(broken);
            assertThat(Recording.of(voice, "Yes.")).isNotEmpty();
        }
    }

    @Test
    void anyPrintableText_isSurvived() {
        Random random = new Random(20261124);
        try (FliteVoice voice = newVoice()) {
            int whole = Recording.of(voice, CLAUSE).length;
            for (int i = 0; i < 25; i++) {
                String garbage = random.ints(1 + random.nextInt(40), 0x20, 0x7F)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                for (String utterance : SpeakableText.utterances(garbage)) {
                    Recording.of(voice, utterance);
                }
            }

            assertThat(Recording.of(voice, CLAUSE).length).isCloseTo(whole, within(0));
        }
    }

    @Test
    void longestUtterance_isSpokenWhole() {
        String sentence = "You can reach the people at the front desk from eight in the morning, ";
        String text = sentence.repeat(3).substring(0, SpeakableText.LONGEST_UTTERANCE);
        Recording recording = new Recording();
        try (FliteVoice voice = newVoice()) {
            voice.speak(text, recording, () -> {});
        }

        assertThat(recording.seconds()).isBetween(8.0, 20.0);
    }

    @Test
    void voicesOnSeveralThreads_sayWhatTheySayAlone() throws Exception {
        List<String> texts = IntStream.range(0, 6).mapToObj(WarmUp::sentence).toList();
        List<Integer> alone;
        try (FliteVoice voice = newVoice()) {
            alone = texts.stream().map(text -> Recording.of(voice, text).length).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<List<Integer>>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                tasks.add(() -> {
                    try (FliteVoice voice = newVoice()) {
                        return texts.stream()
                                .map(text -> Recording.of(voice, text).length)
                                .toList();
                    }
                });
            }
            for (Future<List<Integer>> together : threads.invokeAll(tasks)) {
                assertThat(together.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
