package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmbeddedFliteTest extends FliteVoiceContract {

    private static final FliteImage IMAGE = FliteImage.load();

    @Override
    FliteVoice newVoice() {
        return new EmbeddedFlite(IMAGE);
    }

    @Test
    void sameText_givesTheSameSamples_whateverCameBefore() {
        try (FliteVoice voice = newVoice()) {
            short[] first = Recording.of(voice, CLAUSE);
            voice.speak("And now for something else.", new Recording(1), () -> {});

            assertThat(Recording.of(voice, CLAUSE)).isEqualTo(first);
        }
    }

    @Test
    void checkpointIsAsked_whileThereIsNoSoundYet() {
        int[] asked = new int[1];
        int[] before = new int[1];
        try (FliteVoice voice = newVoice()) {
            voice.speak(
                    CLAUSE,
                    (samples, count) -> {
                        before[0] = asked[0];
                        return false;
                    },
                    () -> asked[0]++);
        }

        assertThat(before[0]).isGreaterThan(5);
    }

    @Test
    void textThatFillsTheMemory_isRefused_andTheVoiceGoesOn() {
        try (FliteVoice voice = newVoice()) {
            short[] before = Recording.of(voice, CLAUSE);

            assertThatThrownBy(() -> Recording.of(voice, CLAUSE.repeat(200)))
                    .isInstanceOf(FliteException.class)
                    .hasMessageContaining("too long");
            assertThat(Recording.of(voice, CLAUSE)).isEqualTo(before);
        }
    }
}
