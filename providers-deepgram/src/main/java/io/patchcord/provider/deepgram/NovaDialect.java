package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.SttEvent;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** Listen v1, after Deepgram's {@code asyncapi.yml}: the settings are the query, and all its values are text. Immutable. */
final class NovaDialect implements ListenDialect {

    private static final String KEEP_ALIVE = "{\"type\":\"KeepAlive\"}";

    private final DeepgramAccount account;
    private final NovaSettings settings;

    NovaDialect(DeepgramAccount account, NovaSettings settings) {
        this.account = account;
        this.settings = settings;
    }

    @Override
    public String model() {
        return settings.model();
    }

    @Override
    public boolean detectsTurns() {
        return settings.endpointing().isPresent();
    }

    @Override
    public HttpUrl address(AudioFormat format, String language) {
        HttpUrl.Builder url = account.product("v1/listen")
                .addQueryParameter("model", settings.model())
                .addQueryParameter("language", settings.language().orElse(language));
        ListenAudio.add(url, format)
                .addQueryParameter("channels", "1")
                .addQueryParameter("interim_results", "true")
                .addQueryParameter("punctuate", "true")
                .addQueryParameter(
                        "endpointing",
                        settings.endpointing()
                                .map(silence -> String.valueOf(silence.toMillis()))
                                .orElse("false"));
        if (detectsTurns()) {
            url.addQueryParameter(
                    "utterance_end_ms", String.valueOf(settings.utteranceEnd().toMillis()));
        }
        if (settings.smartFormat()) {
            url.addQueryParameter("smart_format", "true");
        }
        // Older models know keywords only.
        String keyterm = settings.model().startsWith("nova-3") ? "keyterm" : "keywords";
        settings.keyterms().forEach(term -> url.addQueryParameter(keyterm, term));
        if (settings.optOut()) {
            url.addQueryParameter("mip_opt_out", "true");
        }
        return url.build();
    }

    @Override
    public Optional<String> keepAlive() {
        return Optional.of(KEEP_ALIVE);
    }

    @Override
    public ListenTurns newTurns(Consumer<SttEvent> out, Consumer<String> control) {
        return new NovaTurns(detectsTurns(), out, control);
    }
}
