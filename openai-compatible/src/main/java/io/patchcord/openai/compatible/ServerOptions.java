package io.patchcord.openai.compatible;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all engines have in common: the server and how it is asked. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract class ServerOptions<B extends ServerOptions<B>> {

    private final URI baseUrl;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable String apiKey;
    private String keyName = "";
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration timeout;

    ServerOptions(URI baseUrl, Duration timeout) {
        this.baseUrl = baseUrl;
        this.timeout = timeout;
    }

    abstract B self();

    /** Sent as a bearer token; no header is sent without one. */
    public B apiKey(@Nullable String key) {
        apiKey = key;
        return self();
    }

    /** What the user calls the key, such as {@code OPENAI_API_KEY}, for the message that it is not taken. */
    public B keyName(String name) {
        keyName = name;
        return self();
    }

    /** One more header for each request. */
    public B header(String name, String value) {
        headers.put(name, value);
        return self();
    }

    /** How long connecting may take; 3 s unless set. */
    public B connectTimeout(Duration value) {
        connectTimeout = value;
        return self();
    }

    /** How long the first piece of an answer, and each one after it, may take. */
    public B timeout(Duration value) {
        timeout = value;
        return self();
    }

    URI baseUrl() {
        return baseUrl;
    }

    Optional<String> key() {
        return Optional.ofNullable(apiKey).filter(key -> !key.isBlank());
    }

    String keyName() {
        return keyName;
    }

    Map<String, String> headers() {
        return headers;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration timeout() {
        return timeout;
    }
}
