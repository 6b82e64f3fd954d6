package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to say when a part of the cascade fails, and when to give up: after several failures of one part in a row. Being busy
 * passes, and does not count. Confined to the call loop.
 */
final class Troubles {

    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    private final String callId;
    private final CascadeSettings settings;
    private final Map<Source, Integer> inARow = new EnumMap<>(Source.class);

    /**
     * What the caller is told.
     *
     * @param reason why the session gives up afterwards; null if it does not
     */
    record Apology(String words, @Nullable ProviderException reason) {}

    /** The parts that can fail. */
    enum Source {
        HEARING("speech recognition"),
        MODEL("the dialogue"),
        VOICE("the voice");

        private final String words;

        Source(String words) {
            this.words = words;
        }
    }

    Troubles(String callId, CascadeSettings settings) {
        this.callId = callId;
        this.settings = settings;
    }

    /** A part has failed. */
    Apology failed(Source source, ProviderException error) {
        log.warn("[{}] {} failed: {} ({})", callId, source.words, error.getMessage(), error.kind());
        CascadeSettings.Phrases phrases = settings.phrases();
        if (error.kind() == ProviderException.Kind.BUSY) {
            return new Apology(phrases.busy(), null);
        }
        if (inARow.merge(source, 1, Integer::sum) >= settings.failuresToGiveUp()) {
            return new Apology(phrases.farewell(), error);
        }
        boolean refused = error.kind() == ProviderException.Kind.RATE_LIMITED;
        return new Apology(refused ? phrases.busy() : phrases.trouble(), null);
    }

    /** A part has failed for good. */
    Apology failedForGood(Source source, ProviderException error) {
        log.warn("[{}] {} failed for good: {} ({})", callId, source.words, error.getMessage(), error.kind());
        return new Apology(settings.phrases().farewell(), error);
    }

    Apology notUnderstood() {
        return new Apology(settings.phrases().notUnderstood(), null);
    }

    void worked(Source source) {
        inARow.remove(source);
    }
}
