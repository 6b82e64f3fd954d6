package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.WavReader;
import io.patchcord.agent.media.WavWriter;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.Providers;
import java.nio.file.Path;
import java.util.Map;

/** The built-in caller's mouth and ear for tests: makes WAVs of sentences, and writes down what a WAV says. */
public final class TestSpeech implements AutoCloseable {

    private final CallerTools tools = new CallerTools(Providers.onClassPath(), ProviderConfig.of(Map.of()));
    private final Transcriber transcriber =
            tools.transcriber().orElseThrow(() -> new IllegalStateException("no local recognition on the class path"));

    /** The sentence in the local voice, as a WAV file at 8 kHz. */
    public Path say(String sentence, Path file) {
        WavWriter.write(file, tools.speak(sentence));
        return file;
    }

    /** The sentence in the local voice, at 8 kHz. */
    public AudioFrame speak(String sentence) {
        return tools.speak(sentence);
    }

    /** The words in linear audio at 8 kHz. */
    public String hear(AudioFrame audio) {
        return transcriber.transcribe(audio.toSamples());
    }

    /** The words in a mono WAV file. */
    public String read(Path file) {
        AudioFrame audio = WavReader.read(file);
        return hear(audio);
    }

    @Override
    public void close() {
        tools.close();
    }
}
