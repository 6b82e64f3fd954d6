package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastWordTest {

    private final LastWord lastWord = new LastWord(AudioFormat.SLIN_8K);

    @Test
    void detectorIsLate_endIsThatOfTheLastSound() {
        speak("one two");
        silence(500);

        assertThat(millis(lastWord.endBefore(position(500)))).isEqualTo(400 - 20);
    }

    @Test
    void noSoundNearby_endIsWhereTheDetectorSawIt() {
        speak("one two");
        silence(3_000);

        assertThat(millis(lastWord.endBefore(position(1_500)))).isEqualTo(1_500);
    }

    @Test
    void lateDetector_isLookedBackFromFurther() {
        LastWord patient = new LastWord(AudioFormat.SLIN_8K, Duration.ofSeconds(10));
        patient.add(new ToneSpeech().speak(8_000, "one two"));
        patient.add(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofSeconds(6)));

        assertThat(millis(patient.endBefore(5_000_000_000L, Duration.ofSeconds(9))))
                .isEqualTo(400 - 20);
        assertThat(millis(patient.endBefore(5_000_000_000L))).isEqualTo(5_000);
    }

    @Test
    void wordsAfterThePosition_areOfNoAccount() {
        speak("one");
        silence(300);
        speak("two");

        assertThat(millis(lastWord.endBefore(position(300)))).isEqualTo(180);
    }

    @Test
    void forgottenAudio_endIsWhereTheDetectorSawIt() {
        speak("one");
        silence(10_000);

        assertThat(millis(lastWord.endBefore(position(300)))).isEqualTo(300);
    }

    private void speak(String text) {
        lastWord.add(new ToneSpeech().speak(8_000, text));
    }

    private void silence(int millis) {
        lastWord.add(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }

    private static long position(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static long millis(long position) {
        return Duration.ofNanos(position).toMillis();
    }
}
