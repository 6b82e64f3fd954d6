package io.patchcord.provider.openai;

import io.patchcord.provider.openai.ServerEvent.RateLimit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when little is left of one of the account's limits: once for all calls, which share them, and again only after there was
 * plenty in between. Thread-safe.
 */
final class RateLimitWatch {

    private static final Logger log = LoggerFactory.getLogger(RateLimitWatch.class);

    private static final double LITTLE = 0.1;
    private static final double PLENTY = 0.5;

    private final Set<String> low = ConcurrentHashMap.newKeySet();

    /** What the server tells of a limit while it answers a call. */
    void note(String callId, RateLimit limit) {
        log.debug(
                "[{}] OpenAI allows {} of {} {} more, all again in {} s",
                callId,
                limit.remaining(),
                limit.limit(),
                limit.name(),
                limit.resetSeconds());
        if (limit.limit() <= 0) {
            return;
        }
        double left = (double) limit.remaining() / limit.limit();
        if (left >= PLENTY) {
            low.remove(limit.name());
        } else if (left <= LITTLE && low.add(limit.name())) {
            log.warn(
                    "[{}] OpenAI allows only {} of {} {} more for the next {} s, to all calls together; answers beyond that"
                            + " are refused",
                    callId,
                    limit.remaining(),
                    limit.limit(),
                    limit.name(),
                    limit.resetSeconds());
        }
    }
}
