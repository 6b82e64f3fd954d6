package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SttEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transcription keeps the law of the call. */
class RealtimeSttLawTest extends RealtimeEars {

    @ParameterizedTest
    @CsvSource({"ALAW, audio/pcma", "ULAW, audio/pcmu"})
    void callInG711_isSentByteByByte(Encoding law, String type) {
        AudioFormat format = new AudioFormat(law, 8_000);
        create();
        LawBytes wire = LawBytes.sentTo(script);
        AudioFrame audio = LawBytes.everyCode(format);
        assertThat(engine.inputFormat(format)).isEqualTo(format);
        hear(audio);
        hear(AudioFrame.silence(format, Duration.ofMillis(200)));

        assertThat(sockets.session().config().at("/audio/input/format").toString())
                .isEqualTo("{\"type\":\"" + type + "\"}");
        assertThat(wire.text()).startsWith(LawBytes.text(audio.data()));
    }

    @ParameterizedTest
    @CsvSource({"8000, audio/pcmu, ULAW, 8000", "16000, audio/pcm, SLIN, 24000"})
    void linearCall_isSentAsWhatCostsLeastAndLosesNothing(int callHz, String type, Encoding encoding, int wireHz) {
        create();
        AudioFormat wire = engine.inputFormat(AudioFormat.slin(callHz));
        hear(AudioFrame.silence(wire, Duration.ofMillis(200)));

        assertThat(wire).isEqualTo(new AudioFormat(encoding, wireHz));
        assertThat(sockets.session().config().at("/audio/input/format/type").asText())
                .isEqualTo(type);
    }

    @Test
    void formatThatIsSet_isAskedFor_andAudioInAnotherIsConverted() {
        create("OPENAI_STT_AUDIO", "pcma");
        assertThat(engine.inputFormat(AudioFormat.ULAW_8K)).isEqualTo(AudioFormat.ALAW_8K);
        hear(AudioFrame.silence(AudioFormat.ULAW_8K, Duration.ofMillis(200)));
        hear(script.tones().speak(8_000, "one"));
        hear(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(1_500)));

        assertThat(sockets.session().config().at("/audio/input/format/type").asText())
                .isEqualTo("audio/pcma");
        assertThat(ends()).containsExactly(end("one"));
    }

    @Test
    void beforeTheFirstFrame_nothingIsOpened_andATurnIsEmpty() {
        create("OPENAI_STT_TURN_DETECTION", "none");
        session.finish();
        loop.advance(Duration.ofSeconds(10));

        assertThat(sockets.addresses()).isEmpty();
        assertThat(events).containsExactly(new SttEvent.EndOfTurn(""));
    }
}
