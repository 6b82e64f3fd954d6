package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;
import java.util.EnumMap;
import java.util.Map;
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

    /**
     * A part has failed.
     *
     * @return whether the session should give up
     */
    boolean failed(Source source, ProviderException error) {
        log.warn("[{}] {} failed: {} ({})", callId, source.words, error.getMessage(), error.kind());
        if (error.kind() == ProviderException.Kind.BUSY) {
            return false;
        }
        return inARow.merge(source, 1, Integer::sum) >= settings.failuresToGiveUp();
    }

    void worked(Source source) {
        inARow.remove(source);
    }

    /** What the caller is told. */
    String phraseFor(ProviderException error) {
        return switch (error.kind()) {
            case BUSY, RATE_LIMITED -> settings.phrases().busy();
            default -> settings.phrases().trouble();
        };
    }

    String notUnderstood() {
        return settings.phrases().notUnderstood();
    }
}
