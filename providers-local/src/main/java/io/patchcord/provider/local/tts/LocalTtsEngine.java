package io.patchcord.provider.local.tts;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.Optional;

/** flite's rms voice for all calls. */
final class LocalTtsEngine implements TtsEngine {

    static final String VOICE = "rms";

    private final VoicePool pool;
    private final String description;
    private final Duration deadline;

    LocalTtsEngine(VoicePool pool, String description, Duration deadline) {
        this.pool = pool;
        this.description = description;
        this.deadline = deadline;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public AudioFormat outputFormat() {
        return AudioFormat.slin(FliteVoice.SAMPLE_RATE_HZ);
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        voice.filter(name -> !name.equals(VOICE)).ifPresent(name -> {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    "the local provider has no voice '" + name + "': leave it out, or write " + VOICE);
        });
        return new LocalTtsSession(pool, loop, listener, deadline);
    }

    @Override
    public void close() {
        pool.close();
    }
}
