package io.patchcord.provider.deepgram;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How Listen v2 is to recognise.
 *
 * @param language instead of the call's; {@code multi} leaves it to the model
 * @param keyterms that are likely to be said
 * @param endThreshold confidence from which on the turn is over, 0.5 to 1
 * @param eagerThreshold lower confidence from which on it is probably over, 0.3 to 0.9; without it, that is never told
 * @param endTimeout silence after which it is over in any case
 * @param optOut whether Deepgram may not learn from the audio
 */
record FluxSettings(
        String model,
        Optional<String> language,
        List<String> keyterms,
        double endThreshold,
        OptionalDouble eagerThreshold,
        Duration endTimeout,
        boolean optOut) {}
