package io.patchcord.app.caller;

import static io.patchcord.app.caller.Sounds.join;
import static io.patchcord.app.caller.Sounds.silence;
import static io.patchcord.app.caller.Sounds.tone;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.Loudness.Stretch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoudnessTest {

    @Test
    void speech_lastsFromTheFirstToTheLastSound_pausesIncluded() {
        short[] samples = join(silence(300), tone(500), silence(400), tone(200), silence(700));

        assertThat(Loudness.speech(samples)).isEqualTo(new Stretch(300 * 8, 1400 * 8));
    }

    @Test
    void speech_isFoundToTenMilliseconds() {
        assertThat(Loudness.speech(join(silence(303), tone(500), silence(200))))
                .isEqualTo(new Stretch(300 * 8, 810 * 8));
    }

    @Test
    void humOfALine_isNoSpeech() {
        Random random = new Random(1);
        short[] samples = join(silence(500), tone(500), silence(500));
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (short) (random.nextGaussian() * 150);
        }

        assertThat(Loudness.speech(samples)).isEqualTo(new Stretch(500 * 8, 1000 * 8));
    }

    @Test
    void silence_holdsNoSpeech() {
        assertThat(Loudness.speech(silence(500)).isEmpty()).isTrue();
        assertThat(Loudness.speech(new short[0]).isEmpty()).isTrue();
        assertThat(Loudness.speech(tone(500, 90)).isEmpty()).isTrue();
    }

    @Test
    void frame_isSoundFromFiftyDecibelsBelowFullScale() {
        assertThat(Loudness.isSound(tone(20, 130))).isFalse();
        assertThat(Loudness.isSound(tone(20, 170))).isTrue();
    }
}
