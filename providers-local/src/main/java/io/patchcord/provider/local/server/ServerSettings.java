package io.patchcord.provider.local.server;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one server, {@code LOCAL_..._URL} and what belongs to it. Immutable.
 *
 * @param prefix of the names, such as {@code LOCAL_STT}
 */
public record ServerSettings(String prefix) {

    /** Where the server is, which of its models is asked, and the name of its key. Its text shows no key. */
    public record Server(URI url, String model, Optional<String> key, String keyName) {
        @Override
        public String toString() {
            return "Server[" + url + ", " + model + "]";
        }
    }

    /**
     * The settings that every server has.
     *
     * @param what it does, such as {@code "that recognises speech"}
     */
    public List<ConfigKey> keys(String what, String example) {
        return List.of(
                ConfigKey.of(url(), "OpenAI-compatible server " + what + ", such as " + example, ""),
                ConfigKey.of(model(), "the model on that server", ""),
                ConfigKey.secret(key(), "the key of that server, if it wants one"));
    }

    /**
     * What is set; empty if no server is.
     *
     * @param more names of settings that make no sense without a server
     * @throws ProviderException of kind CONFIGURATION if the settings do not go together
     */
    public Optional<Server> read(ProviderConfig config, String... more) {
        Optional<String> text = config.get(url());
        if (text.isEmpty()) {
            requireNone(config, model());
            for (String name : more) {
                requireNone(config, name);
            }
            return Optional.empty();
        }
        URI address = uri(text.get());
        String name = config.get(model())
                .orElseThrow(() ->
                        bad(url() + " is set, but no " + model() + ": write the name of the model on that server"));
        return Optional.of(new Server(address, name, config.get(key()), key()));
    }

    private void requireNone(ProviderConfig config, String name) {
        config.get(name).ifPresent(value -> {
            throw bad(name + "=" + value + ", but no " + url() + ": set it, or leave out " + name);
        });
    }

    private URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for other addresses that are no server's.
        }
        throw bad(url() + " is no http address: write one such as http://127.0.0.1:8000/v1");
    }

    private String url() {
        return prefix + "_URL";
    }

    private String model() {
        return prefix + "_MODEL";
    }

    private String key() {
        return prefix + "_API_KEY";
    }

    private static ProviderException bad(String message) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, message);
    }
}
