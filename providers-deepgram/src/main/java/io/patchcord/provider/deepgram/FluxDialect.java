package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/**
 * Listen v2, which finds turns itself, after Deepgram's {@code asyncapi.yml}. There is no KeepAlive: what keeps a connection
 * alive is silence. Immutable.
 */
final class FluxDialect implements ListenDialect {

    private static final String ANY_LANGUAGE = "multi";

    private final DeepgramAccount account;
    private final FluxSettings settings;

    FluxDialect(DeepgramAccount account, FluxSettings settings) {
        this.account = account;
        this.settings = settings;
    }

    @Override
    public String model() {
        return settings.model();
    }

    @Override
    public boolean detectsTurns() {
        return true;
    }

    @Override
    public HttpUrl address(AudioFormat format, String language) {
        String spoken = settings.language().orElse(language);
        boolean understandsMany = settings.model().endsWith("-multi");
        // The model's name ends with its language.
        if (!understandsMany && !settings.model().endsWith("-" + primary(spoken))) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    "the model " + settings.model() + " does not understand the call's language, " + spoken
                            + ": set DEEPGRAM_STT_MODEL to flux-general-multi or to nova-3");
        }
        HttpUrl.Builder url = account.product("v2/listen").addQueryParameter("model", settings.model());
        ListenAudio.add(url, format)
                .addQueryParameter("eot_threshold", String.valueOf(settings.endThreshold()))
                .addQueryParameter(
                        "eot_timeout_ms", String.valueOf(settings.endTimeout().toMillis()));
        settings.eagerThreshold()
                .ifPresent(threshold -> url.addQueryParameter("eager_eot_threshold", String.valueOf(threshold)));
        settings.keyterms().forEach(term -> url.addQueryParameter("keyterm", term));
        if (understandsMany && !spoken.equals(ANY_LANGUAGE)) {
            url.addQueryParameter("language_hint", primary(spoken));
        }
        if (settings.optOut()) {
            url.addQueryParameter("mip_opt_out", "true");
        }
        return url.build();
    }

    private static String primary(String tag) {
        return tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> keepAlive() {
        return Optional.empty();
    }

    @Override
    public ListenTurns newTurns(Consumer<SttEvent> out, Consumer<String> control) {
        return new FluxTurns(out);
    }
}
