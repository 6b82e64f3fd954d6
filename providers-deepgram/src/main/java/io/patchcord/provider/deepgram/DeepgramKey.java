package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;

/** The setting that holds the key of Deepgram's API, for all of its products. */
public final class DeepgramKey {

    private static final String NAME = "DEEPGRAM_API_KEY";

    /** As it is listed among a product's settings. */
    public static final ConfigKey SETTING = ConfigKey.secret(NAME, "key of the Deepgram API");

    private DeepgramKey() {}

    /**
     * The key that is set.
     *
     * @throws ProviderException of kind CONFIGURATION if there is none, or it cannot stand in a header; it is not repeated
     */
    public static String read(ProviderConfig config) {
        String key = config.require(NAME);
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    NAME + " holds a blank, or a character that no key has; copy it again from Deepgram's console");
        }
        return key;
    }
}
