package io.patchcord.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToneSpeechTest {

    private final ToneSpeech speech = new ToneSpeech();

    @Test
    void everyWordIsHeardAsItWasSpoken() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            words.add("w" + i);
        }
        String text = String.join(" ", words);

        assertThat(speech.hear(speech.speak(8_000, text))).isEqualTo(text);
        assertThat(speech.hear(speech.speak(16_000, text))).isEqualTo(text);
    }

    @Test
    void cutShort_onlyWhatWasSpokenIsHeard() {
        AudioFrame audio = speech.speak(8_000, "one two three four");
        int twoAndABit = audio.format().bytesIn(Duration.ofMillis(2 * ToneSpeech.WORD_MS + 30));

        assertThat(speech.hear(AudioFrame.of(audio.format(), Arrays.copyOf(audio.data(), twoAndABit))))
                .isEqualTo("one two");
    }
}
