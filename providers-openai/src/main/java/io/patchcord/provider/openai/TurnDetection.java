package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Who finds the end of the caller's turn, and how ({@code RealtimeTurnDetection} of the specification). */
sealed interface TurnDetection {

    /** How much earlier the caller fell silent than the end of speech is said to be; nothing where that is not known. */
    default Duration silence() {
        return Duration.ZERO;
    }

    /** How much earlier than that the last word may have been: detectors go on for a little after it. */
    default Duration lateness() {
        return Duration.ofMillis(400);
    }

    /** Whether the server answers a turn by itself. */
    default boolean serverAnswers() {
        return true;
    }

    /** Without who answers: for a session that only listens. */
    JsonNode describe();

    /** For a conversation: the server answers a turn, and leaves it to the core who yields to whom. */
    default JsonNode describeForConversation() {
        JsonNode description = describe();
        if (description instanceof ObjectNode object) {
            object.put("create_response", true).put("interrupt_response", false);
        }
        return description;
    }

    /** The server, by the length of a silence. */
    record ServerVad(double threshold, Duration prefix, Duration silence, Optional<Duration> idleTimeout)
            implements TurnDetection {

        @Override
        public JsonNode describe() {
            ObjectNode object = Json.object()
                    .put("type", "server_vad")
                    .put("threshold", threshold)
                    .put("prefix_padding_ms", prefix.toMillis())
                    .put("silence_duration_ms", silence.toMillis());
            idleTimeout.ifPresent(time -> object.put("idle_timeout_ms", time.toMillis()));
            return object;
        }
    }

    /** The server, by what was said. */
    record SemanticVad(String eagerness) implements TurnDetection {

        @Override
        public JsonNode describe() {
            return Json.object().put("type", "semantic_vad").put("eagerness", eagerness);
        }

        /** It waits for as long as it likes. */
        @Override
        public Duration lateness() {
            return Duration.ofSeconds(9);
        }
    }

    /**
     * We, by the length of a silence, with a detector of our own.
     *
     * @param prefix audio that is taken from before the speech
     */
    record Ours(double threshold, Duration prefix, Duration pause) implements TurnDetection {

        @Override
        public JsonNode describe() {
            return NullNode.getInstance();
        }

        @Override
        public boolean serverAnswers() {
            return false;
        }
    }

    /** Whoever listens says when a turn is over. */
    record None() implements TurnDetection {

        @Override
        public JsonNode describe() {
            return NullNode.getInstance();
        }

        @Override
        public boolean serverAnswers() {
            return false;
        }
    }
}
