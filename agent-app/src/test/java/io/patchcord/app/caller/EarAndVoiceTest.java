package io.patchcord.app.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarAndVoiceTest {

    private final ToneSpeech language = new ToneSpeech();
    private final ThreadCallLoop clock = new ThreadCallLoop();
    private final ScriptedTts tts = new ScriptedTts(language).delay(Duration.ofMillis(1), Duration.ofMillis(1));
    private final ScriptedStt stt = new ScriptedStt(clock, language).delay(Duration.ofMillis(1));
    private final Transcriber ear = new Transcriber(new ScriptedVad(), stt);

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void text_isSpokenWhole() {
        AudioFrame spoken = new SpokenText(tts).render("what are your opening hours");

        assertThat(language.hear(spoken)).isEqualTo("what are your opening hours");
    }

    @Test
    void voiceThatFails_isToldWithItsReason() {
        tts.failNext(new ProviderException(ProviderException.Kind.BUSY, "the pool is full"));

        assertThatThrownBy(() -> new SpokenText(tts).render("hello"))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the pool is full");
    }

    @Test
    void speech_isReadInSegments() {
        short[] samples = Sounds.join(
                Sounds.silence(700),
                language.speak(8_000, "we are open").toSamples(),
                Sounds.silence(1_500),
                language.speak(8_000, "good bye").toSamples(),
                Sounds.silence(90));

        assertThat(ear.transcribe(samples)).isEqualTo("we are open good bye");
        assertThat(stt.segments()).hasSize(2);
    }

    @Test
    void shortAudioAndSilence_areNoWords() {
        assertThat(ear.transcribe(new short[0])).isEmpty();
        assertThat(ear.transcribe(Sounds.silence(50))).isEmpty();
        assertThat(ear.transcribe(Sounds.silence(3_000))).isEmpty();
    }

    @Test
    void recogniserThatFails_isToldWithItsReason() {
        stt.failNext(new ProviderException(ProviderException.Kind.TIMEOUT, "took too long"));

        assertThatThrownBy(() ->
                        ear.transcribe(language.speak(8_000, "one two three").toSamples()))
                .isInstanceOf(ProviderException.class)
                .hasMessage("took too long");
    }
}
