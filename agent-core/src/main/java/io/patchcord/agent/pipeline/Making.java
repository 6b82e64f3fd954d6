package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes one thing after the other from the settings, and tells the mistakes in all of them at once. For one thread. */
final class Making {

    private final ProviderConfig config;
    private final Set<String> mistakes = new LinkedHashSet<>();

    Making(ProviderConfig config) {
        this.config = config;
    }

    /** What the provider makes; empty if its settings cannot work. */
    <P extends Provider, E> Optional<E> from(P provider, MadeBy<P, E> create) {
        return make(
                settings -> create.create(provider, settings),
                mistake -> mistakes.add("provider " + provider.name() + ": " + mistake));
    }

    /** What is made from settings that belong to no provider, or whose mistakes say whose they are. */
    <E> Optional<E> from(Function<ProviderConfig, E> create) {
        return make(create, mistakes::add);
    }

    /** A provider's way to make something of its settings. */
    interface MadeBy<P, E> {

        E create(P provider, ProviderConfig config);
    }

    /**
     * @throws ProviderException of kind CONFIGURATION if there was a mistake; each is a line of its message
     */
    void throwMistakes() {
        if (!mistakes.isEmpty()) {
            throw new ProviderException(Kind.CONFIGURATION, String.join("\n", mistakes));
        }
    }

    private <E> Optional<E> make(Function<ProviderConfig, E> create, Consumer<String> mistaken) {
        try {
            return Optional.of(create.apply(config.reporting(mistaken)));
        } catch (ProviderException e) {
            if (e.kind() != Kind.CONFIGURATION) {
                throw e;
            }
            String.valueOf(e.getMessage()).lines().forEach(mistaken);
            return Optional.empty();
        }
    }
}
