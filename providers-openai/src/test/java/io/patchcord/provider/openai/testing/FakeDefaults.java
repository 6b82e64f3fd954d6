package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the service sets a session up with before it is told anything: after the specification's example. */
final class FakeDefaults {

    private FakeDefaults() {}

    static ObjectNode session(boolean transcription, String model, long expiresAt) {
        ObjectNode session = FakeOutbox.MAPPER.createObjectNode();
        session.put("type", transcription ? "transcription" : "realtime");
        session.put("object", transcription ? "realtime.transcription_session" : "realtime.session");
        session.put("id", "sess_fake").put("expires_at", expiresAt);
        ObjectNode audio = session.putObject("audio");
        ObjectNode input = audio.putObject("input");
        input.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        input.putNull("transcription");
        input.putNull("noise_reduction");
        ObjectNode turns = input.putObject("turn_detection");
        turns.put("type", "server_vad").put("threshold", 0.5).put("prefix_padding_ms", 300);
        turns.put("silence_duration_ms", 200).putNull("idle_timeout_ms");
        if (!transcription) {
            turns.put("create_response", true).put("interrupt_response", true);
            ObjectNode output = audio.putObject("output");
            output.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
            output.put("voice", "marin").put("speed", 1);
            session.put("model", model).put("instructions", "You are helpful.");
            session.putArray("output_modalities").add("audio");
            session.putArray("tools");
            session.put("tool_choice", "auto").put("max_output_tokens", "inf");
            session.putNull("tracing").putNull("prompt");
        }
        session.putNull("include");
        return session;
    }
}
