package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the Realtime API is used in all calls. Immutable.
 *
 * @param audio both ways; empty for what suits the call
 * @param speed of the voice, 1 is natural
 * @param listening how the caller is heard
 * @param reasoningEffort for models that reason; empty for the model's own
 * @param parallelToolCalls for models that know the choice; empty for the model's own
 * @param truncation of a context that grows too long
 * @param maxOutputTokens of an answer; empty for no limit
 */
record RealtimeSettings(
        OpenAiAccount account,
        String model,
        String voice,
        double speed,
        Optional<WireAudio> audio,
        Listening listening,
        Optional<String> reasoningEffort,
        Optional<Boolean> parallelToolCalls,
        JsonNode truncation,
        OptionalInt maxOutputTokens,
        Limits limits) {

    /**
     * How a session hears the caller.
     *
     * @param noiseReduction {@code near_field} or {@code far_field}; empty for none
     */
    record Listening(TurnDetection turns, Optional<String> noiseReduction, Optional<Transcription> transcription) {}

    /**
     * What turns the caller's speech into text.
     *
     * @param prompt words and names that the caller may use
     * @param language as a BCP 47 tag; empty for that of the call
     */
    record Transcription(String model, Optional<String> prompt, Optional<String> language) {}

    /**
     * How long things may take, and how often they are tried.
     *
     * @param setup from connecting until the session is ready
     * @param response until a response begins, and between its pieces
     * @param session after which another session takes over between two turns
     * @param tries to have a session, or another in the place of one that was lost
     */
    record Limits(Duration setup, Duration response, Duration session, int tries) {

        static final int USUAL_TRIES = 3;

        /** What another provider takes over anyway need not be tried often. */
        static int tries(ProviderConfig config, String setting) {
            return config.integer(setting, config.hasStandIn() ? 1 : USUAL_TRIES, 1, 10);
        }
    }
}
