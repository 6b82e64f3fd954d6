package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Deepgram's Aura voices as the voice of a cascade: {@code --tts=deepgram}. Thread-safe. */
public final class DeepgramTtsProvider implements TtsProvider {

    private static final String MODEL = "DEEPGRAM_TTS_MODEL";
    private static final String TRANSPORT = "DEEPGRAM_TTS_TRANSPORT";
    private static final String DEFAULT_MODEL = "aura-2-thalia-en";
    private static final String WEBSOCKET = "websocket";

    @Override
    public String name() {
        return "deepgram";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return Stream.concat(
                        DeepgramAccount.KEYS.stream(),
                        Stream.of(
                                ConfigKey.of(MODEL, "voice that speaks in a cascade", DEFAULT_MODEL),
                                ConfigKey.of(
                                        TRANSPORT,
                                        "websocket: a connection for each call; rest: one for each clause",
                                        WEBSOCKET),
                                DeepgramAccount.OPT_OUT))
                .toList();
    }

    @Override
    public TtsEngine create(ProviderConfig config) {
        return new DeepgramTtsEngine(
                DeepgramAccount.of(config),
                new DeepgramTtsEngine.Settings(
                        config.get(MODEL, DEFAULT_MODEL), isByRest(config), DeepgramAccount.optsOut(config)));
    }

    private static boolean isByRest(ProviderConfig config) {
        return switch (config.get(TRANSPORT, WEBSOCKET).toLowerCase(Locale.ROOT)) {
            case WEBSOCKET -> false;
            case "rest" -> true;
            default ->
                throw new ProviderException(
                        Kind.CONFIGURATION, TRANSPORT + "=" + config.get(TRANSPORT, "") + ": write websocket or rest");
        };
    }
}
