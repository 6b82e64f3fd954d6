package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;
import java.util.Map;

/**
 * What a session tells. Response audio carries its response's id, so that what comes after an interruption can be
 * dropped. After {@link Closed} nothing comes; {@link Failed} is the last word but Closed.
 */
public sealed interface S2sEvent {

    /** The session is ready to listen and to speak. */
    record Ready() implements S2sEvent {}

    /** The caller began to speak. Whether the agent yields is not the session's decision. */
    record SpeechStarted() implements S2sEvent {}

    /** The caller paused. The turn may or may not be over. */
    record SpeechStopped() implements S2sEvent {}

    /**
     * The caller's turn is over and will be answered.
     *
     * @param speechEndNanos when the last speech was received, by the call loop's clock
     */
    record TurnEnded(long speechEndNanos) implements S2sEvent {}

    /**
     * What the caller said: in a turn, or after it, or as a remark that is no turn, such as "mhm" while the agent speaks; a
     * remark is told after the pause that followed it.
     *
     * @param isFinal false while it may still change
     */
    record InputTranscript(String text, boolean isFinal) implements S2sEvent {}

    /** A response begins. A ResponseDone follows, unless it is {@linkplain S2sSession#interrupt interrupted}. */
    record ResponseStarted(String responseId) implements S2sEvent {}

    /** Words of a response, in order, about when they are spoken; put together as they are they make its text. */
    record ResponseText(String responseId, String text) implements S2sEvent {}

    /** Audio of a response, in order, of any length; may come much faster than it can be played. */
    record ResponseAudio(String responseId, AudioFrame audio) implements S2sEvent {}

    /**
     * No more audio will come for the response. It may still be playing.
     *
     * @param brokeOff whether it is not all that was to be said, through no fault of the caller's, and the session goes on with
     *     it in another response, or fails. A session that will do neither says false
     */
    record ResponseDone(String responseId, boolean brokeOff) implements S2sEvent {

        /** With all that was to be said. */
        public ResponseDone(String responseId) {
            this(responseId, false);
        }
    }

    /**
     * A step on the way to a response was reached, for the latency record.
     *
     * @param atNanos by the call loop's clock
     */
    record LatencyMark(Stage stage, long atNanos) implements S2sEvent {}

    /** The model wants a tool; answer with {@link S2sSession#toolResult}. */
    record ToolCall(String callId, String name, Map<String, Object> arguments) implements S2sEvent {
        public ToolCall {
            arguments = Map.copyOf(arguments);
        }
    }

    /** The session cannot go on. */
    record Failed(ProviderException error) implements S2sEvent {}

    /** The session is over; the last event. */
    record Closed() implements S2sEvent {}

    /** The steps between the end of the caller's speech and the first audio of the answer. */
    enum Stage {
        /** It was decided that the turn is over. */
        ENDPOINT,
        /** The words of the turn are known. */
        TRANSCRIPT,
        /** The first words of the answer. */
        FIRST_TEXT,
        /** The first audio of the answer. */
        FIRST_AUDIO
    }
}
