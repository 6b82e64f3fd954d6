package io.patchcord.provider.openai;

import java.util.List;

/** What the server tells, as far as a telephone call needs it. Texts that it does not give are empty. */
sealed interface ServerEvent {

    /** The session is there, with the server's own settings. */
    record SessionCreated(long expiresAtSeconds) implements ServerEvent {}

    /** The session has the settings that it was sent. */
    record SessionUpdated(long expiresAtSeconds) implements ServerEvent {}

    record Failure(ServerError error) implements ServerEvent {}

    /** The caller began to speak. Places are milliseconds of the audio that was sent in this session. */
    record SpeechStarted(String itemId, long audioStartMs) implements ServerEvent {}

    /** The caller has been silent for long enough. */
    record SpeechStopped(String itemId, long audioEndMs) implements ServerEvent {}

    /** The audio so far has become an item of the caller's. */
    record Committed(String itemId) implements ServerEvent {}

    /**
     * The conversation has an item of ours now.
     *
     * @param id of the item, or of the function call whose result it is
     */
    record OursAdded(String id) implements ServerEvent {}

    record TranscriptDelta(String itemId, String delta) implements ServerEvent {}

    record TranscriptCompleted(String itemId, String transcript) implements ServerEvent {}

    record TranscriptFailed(String itemId, ServerError error) implements ServerEvent {}

    /**
     * A response begins.
     *
     * @param request that it answers, if it is one of ours and the server gives that back
     */
    record ResponseCreated(String responseId, String request) implements ServerEvent {}

    /** An item of a response begins. */
    record ItemAdded(String responseId, OutputItem item) implements ServerEvent {}

    /** An item of a response is complete. */
    record ItemDone(String responseId, OutputItem item) implements ServerEvent {}

    /** More audio, in Base64: most of it is played, but some comes too late and is not even decoded. */
    record OutputAudio(String responseId, String itemId, String base64) implements ServerEvent {}

    /** No more audio of the item comes. */
    record OutputAudioDone(String responseId, String itemId) implements ServerEvent {}

    /** More words of what is spoken. */
    record OutputText(String responseId, String itemId, String delta) implements ServerEvent {}

    /** All of a function call's arguments. */
    record ArgumentsDone(String responseId, OutputItem call) implements ServerEvent {}

    /**
     * A response is over.
     *
     * @param status {@code completed}, {@code cancelled}, {@code failed} or {@code incomplete}
     * @param reason why it was cancelled or is incomplete
     * @param output its items, as they ended
     */
    record ResponseDone(
            String responseId, String status, String reason, ServerError error, List<OutputItem> output, Usage usage)
            implements ServerEvent {}

    /** How much of the account's limits is left. */
    record RateLimits(List<RateLimit> limits) implements ServerEvent {}

    /** Anything that is of no account here. */
    record Other(String type) implements ServerEvent {}

    /**
     * An item of a response.
     *
     * @param type {@code message}, {@code function_call}, or one that we do not know
     */
    record OutputItem(String id, String type, String status, String callId, String name, String arguments) {

        boolean isCall() {
            return type.equals("function_call");
        }
    }

    /** One of the account's limits. */
    record RateLimit(String name, long limit, long remaining, double resetSeconds) {}

    /** What a response cost, in tokens. */
    record Usage(long input, long cached, long output) {

        static final Usage NONE = new Usage(0, 0, 0);

        Usage plus(Usage other) {
            return new Usage(input + other.input, cached + other.cached, output + other.output);
        }

        @Override
        public String toString() {
            return input + " input tokens (" + cached + " of them cached) and " + output + " output tokens";
        }
    }
}
