package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.TtsSession;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a server of voices, and its audio in all forms. */
class SpeechEngineTest extends SpeechCalls {

    @Test
    void request_asksForBareSamples_andForNothingThatIsNotSet() {
        speak(open(), "c1", "Say \"Grüß Gott\".");
        awaitEnds(1);

        RecordedRequest request = server.requests().get(0);
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/v1/audio/speech");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"model\":\"gpt-4o-mini-tts\",\"input\":\"Say \\\"Grüß Gott\\\".\",\"voice\":\"alloy\","
                        + "\"response_format\":\"pcm\"}");
    }

    @Test
    void whatIsSet_isAskedFor() {
        use(builder().instructions("Whisper.").speed(1.25).sampleRate(8_000, true));
        TtsSession session = loop.call(() -> engine.open(loop, Optional.of("nova"), new Listener()));
        speak(session, "c1", "Hello.");
        awaitEnds(1);

        assertThat(engine.outputFormat()).isEqualTo(AudioFormat.SLIN_8K);
        assertThat(server.requests().get(0).getBody().utf8())
                .endsWith("\"voice\":\"nova\",\"response_format\":\"pcm\",\"instructions\":\"Whisper.\",\"speed\":1.25,"
                        + "\"sample_rate\":8000}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "…", "\"!\""})
    void textWithoutAWord_isDoneWithoutARequest(String text) {
        speak(open(), "c1", text);

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 320, 100_000})
    void chunksOfAnyLength_giveTheSameSamples(int chunk) {
        server.answers(FakeAudioServer.audio(FakeAudioServer.TONE, chunk));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).isEqualTo(FakeAudioServer.TONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 11})
    void veryShortBody_isHeardAsFarAsItsSamplesAreWhole(int bytes) {
        byte[] body = new byte[bytes];
        server.answers(FakeAudioServer.audio(body, 1));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).hasSize(bytes - bytes % 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50, 100_000})
    void wavInsteadOfBareSamples_whateverLengthItClaims_isHeardWithoutItsHeader(int chunk) {
        byte[] wav = TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_24K, FakeAudioServer.TONE));
        for (int i = 40; i < 44; i++) {
            wav[i] = (byte) 0xFF;
        }
        server.answers(FakeAudioServer.audio(wav, chunk));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).isEqualTo(FakeAudioServer.TONE);
    }

    @Test
    void wavOfAnotherRate_isConverted() {
        byte[] data = new byte[32_000];
        server.answers(
                FakeAudioServer.audio(TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_16K, data)), 1_000));
        speak(open(), "c1", "Hello.");
        awaitEnds(1);

        assertThat(audio).allSatisfy(piece -> assertThat(piece.format()).isEqualTo(AudioFormat.SLIN_24K));
        assertThat(heard().length).isCloseTo(48_000, within(500));
    }

    @Test
    void wavThatCannotBeUsed_isToldApart() {
        byte[] stereo = TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_24K, new byte[100]));
        stereo[22] = 2;
        server.answers(FakeAudioServer.audio(stereo, 10));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0)).hasMessageContaining("one channel of 16-bit samples");
        assertThat(audio).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "audio/mpeg", "audio/ogg"})
    void somethingElseThanSamples_isNotPlayed(String type) {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body("ID3 or <html>")
                .setHeader("Content-Type", type)
                .build());
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0)).hasMessageContaining(type);
        assertThat(audio).isEmpty();
    }

    @Test
    void tenMegabytesOfAudio_areHeardToTheEnd() {
        server.answers(FakeAudioServer.audio(new byte[10 << 20], 100_000));
        TtsSession session = open();
        loop.run(() -> session.speak("c1", "Hello."));

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).hasSize(10 << 20);
    }
}
