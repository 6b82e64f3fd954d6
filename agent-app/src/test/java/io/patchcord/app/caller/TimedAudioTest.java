package io.patchcord.app.caller;

import static io.patchcord.app.caller.Sounds.join;
import static io.patchcord.app.caller.Sounds.silence;
import static io.patchcord.app.caller.Sounds.tone;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimedAudioTest {

    private final TimedAudio audio = new TimedAudio();

    @Test
    void audio_isPlacedAtItsTime() {
        add(1_100, tone(20));
        add(1_120, tone(20));
        add(1_500, tone(20));

        assertThat(audio.placed(ns(1_000), 8_000))
                .isEqualTo(join(silence(100), tone(20), tone(20), silence(360), tone(20)));
        assertThat(audio.all()).isEqualTo(join(tone(20), tone(20), tone(20)));
    }

    @Test
    void jitter_movesNothing() {
        add(1_000, tone(20));
        add(1_050, tone(20));
        add(1_041, tone(20));

        assertThat(audio.placed(ns(1_000), 8_000)).isEqualTo(join(tone(20), tone(20), tone(20)));
    }

    private void add(int millis, short[] samples) {
        audio.add(ns(millis), samples);
    }

    private static long ns(int millis) {
        return millis * 1_000_000L;
    }
}
