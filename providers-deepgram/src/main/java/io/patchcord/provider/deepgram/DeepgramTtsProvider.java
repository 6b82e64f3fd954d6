package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;

/** Deepgram's Aura voices as the voice of a cascade: {@code --tts=deepgram}. Thread-safe. */
public final class DeepgramTtsProvider implements TtsProvider {

    private static final String API_KEY = "DEEPGRAM_API_KEY";
    private static final String BASE_URL = "DEEPGRAM_BASE_URL";
    private static final String MODEL = "DEEPGRAM_TTS_MODEL";
    private static final String TIMEOUT = "DEEPGRAM_TIMEOUT";
    private static final String DEFAULT_BASE_URL = "https://api.deepgram.com";
    private static final String DEFAULT_MODEL = "aura-2-thalia-en";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "deepgram";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(
                ConfigKey.secret(API_KEY, "key of the Deepgram API"),
                ConfigKey.of(BASE_URL, "address of the API, for Deepgram's regions and gateways", DEFAULT_BASE_URL),
                ConfigKey.of(MODEL, "voice that speaks in a cascade", DEFAULT_MODEL),
                ConfigKey.of(TIMEOUT, "how long connecting, and each piece of audio, may take", "10s"));
    }

    @Override
    public TtsEngine create(ProviderConfig config) {
        String key = config.require(API_KEY);
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    API_KEY + " holds a blank, or a character that no key has; copy it again from Deepgram's console");
        }
        return new DeepgramTtsEngine(
                speak(config.get(BASE_URL, DEFAULT_BASE_URL)), key, config.get(MODEL, DEFAULT_MODEL), timeout(config));
    }

    private static HttpUrl speak(String base) {
        HttpUrl url = HttpUrl.parse(base);
        if (url == null) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    BASE_URL + "=" + base + ": write an http or https address such as " + DEFAULT_BASE_URL);
        }
        String path = url.encodedPath().replaceAll("/+$", "");
        return url.newBuilder()
                .encodedPath((path.endsWith("/v1") ? path : path + "/v1") + "/speak")
                .query(null)
                .fragment(null)
                .build();
    }

    private static Duration timeout(ProviderConfig config) {
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new ProviderException(
                    Kind.CONFIGURATION, TIMEOUT + "=" + timeout.toMillis() + "ms: write a duration from 1ms to 5m");
        }
        return timeout;
    }
}
