package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.SocketRequest;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Where Deepgram's service is and who we are: what all of its products share. The key leaves this class as the Authorization
 * header of a request and in no other way. Immutable.
 */
final class DeepgramAccount {

    /** What every product reads. */
    static final List<ConfigKey> KEYS = List.of(
            DeepgramKey.SETTING,
            ConfigKey.of(
                    "DEEPGRAM_BASE_URL",
                    "address of the API, for Deepgram's regions and gateways",
                    "https://api.deepgram.com"),
            ConfigKey.of("DEEPGRAM_TIMEOUT", "how long connecting, and each piece of audio, may take", "10s"));

    /** Read by the products that say in their query whether Deepgram may learn. */
    static final ConfigKey OPT_OUT = ConfigKey.of(
            "DEEPGRAM_MIP_OPT_OUT", "keep Deepgram from learning from the calls, which may cost more", "false");

    private static final String BASE_URL = "DEEPGRAM_BASE_URL";
    private static final String TIMEOUT = "DEEPGRAM_TIMEOUT";
    private static final String DEFAULT_BASE_URL = "https://api.deepgram.com";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

    private final HttpUrl base;
    private final String key;
    private final Duration timeout;

    private DeepgramAccount(HttpUrl base, String key, Duration timeout) {
        this.base = base;
        this.key = key;
        this.timeout = timeout;
    }

    /**
     * @throws ProviderException of kind CONFIGURATION that names the setting which cannot work
     */
    static DeepgramAccount of(ProviderConfig config) {
        HttpUrl base = ServiceAddress.base(BASE_URL, config.get(BASE_URL, DEFAULT_BASE_URL), DEFAULT_BASE_URL);
        return new DeepgramAccount(base, DeepgramKey.read(config), timeout(config));
    }

    static boolean optsOut(ProviderConfig config) {
        return config.flag(OPT_OUT.name(), false);
    }

    private static Duration timeout(ProviderConfig config) {
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new ProviderException(
                    Kind.CONFIGURATION, TIMEOUT + "=" + timeout.toMillis() + "ms: write a duration from 1ms to 5m");
        }
        return timeout;
    }

    /** How long connecting, and each piece of audio, may take. */
    Duration timeout() {
        return timeout;
    }

    String host() {
        return base.host();
    }

    /** A product's address, such as {@code v1/speak}, for a query to be added. */
    HttpUrl.Builder product(String path) {
        return base.newBuilder().addPathSegments(path);
    }

    /** What the Authorization header says. */
    String authorization() {
        return "Token " + key;
    }

    /** The handshake of a WebSocket at a product's address. */
    SocketRequest socket(HttpUrl url) {
        return SocketRequest.to(ServiceAddress.ofSocket(url))
                .header("Authorization", authorization())
                .withHandshakeTimeout(timeout);
    }

    /** A text of the server's, which some gateway may have written the key into, without it. */
    String withoutKey(String words) {
        return words.replace(key, "(key)");
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
