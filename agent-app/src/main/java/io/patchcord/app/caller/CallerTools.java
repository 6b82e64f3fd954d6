package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.VadProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller's own mouth and ear: the parts of the local provider, each loaded when it is first needed. Not thread-safe. */
final class CallerTools implements AutoCloseable {

    private static final String LOCAL = "local";

    private final Providers providers;
    private final ProviderConfig settings;
    private final Deque<Engine> loaded = new ArrayDeque<>();
    private @Nullable SpokenText voice;

    CallerTools(Providers providers, ProviderConfig settings) {
        this.providers = providers;
        this.settings = settings;
    }

    /** The words, spoken. */
    AudioFrame speak(String words) {
        if (voice == null) {
            TtsEngine engine = providers
                    .tts(LOCAL)
                    .orElseThrow(() -> new UsageException("--text needs the local voice, which is not in this jar:"
                            + " use agent-app.jar or agent-app-local.jar, or --say with a WAV file"))
                    .create(settings);
            loaded.push(engine);
            voice = new SpokenText(engine);
        }
        return voice.render(words);
    }

    /** Writes down what was heard, if the jar holds what it takes. */
    Optional<Transcriber> transcriber() {
        Optional<VadProvider> vad = providers.vad(LOCAL);
        if (vad.isEmpty() || providers.stt(LOCAL).isEmpty()) {
            return Optional.empty();
        }
        SttEngine stt = providers.stt(LOCAL).get().create(settings);
        loaded.push(stt);
        if (!(stt instanceof SegmentSttEngine segments)) {
            return Optional.empty();
        }
        var detector = vad.get().create(settings);
        loaded.push(detector);
        return Optional.of(new Transcriber(detector, segments));
    }

    @Override
    public void close() {
        while (!loaded.isEmpty()) {
            loaded.pop().close();
        }
    }
}
