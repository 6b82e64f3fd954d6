package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.Providers;
import org.junit.jupiter.api.Test;

/** What holds for every provider: it is found, has a name that can be written, and tells what it reads. */
public abstract class ProviderContract {

    protected abstract Provider provider();

    @Test
    void isFoundOnTheClassPath() {
        assertThat(Providers.onClassPath().all())
                .as("register it in META-INF/services")
                .anySatisfy(found -> assertThat(found).hasSameClassAs(provider()));
    }

    @Test
    void nameCanBeWrittenOnACommandLine() {
        assertThat(provider().name()).matches("[a-z0-9][a-z0-9-]*");
    }

    @Test
    void settingsHaveEnvironmentNamesAndAnExplanation() {
        assertThat(provider().configKeys()).allSatisfy(key -> {
            assertThat(key.name()).matches("[A-Z][A-Z0-9_]*");
            assertThat(key.description()).isNotBlank().doesNotContain("\n");
        });
        assertThat(provider().configKeys()).extracting(ConfigKey::name).doesNotHaveDuplicates();
    }

    @Test
    void secretsHaveNoDefault() {
        assertThat(provider().configKeys())
                .filteredOn(ConfigKey::secret)
                .allSatisfy(key -> assertThat(key.defaultValue()).isEmpty());
    }
}
