package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is asked of {@code /v1/audio/speech}: bare samples, streamed, and nothing that the user did not set.
 *
 * @param asksForRate whether the rate is named, which is an extension of some servers
 */
record SpeechRequests(
        String model,
        String voice,
        Optional<String> instructions,
        OptionalDouble speed,
        boolean asksForRate,
        AudioFormat format) {

    SpeechRequests withVoice(Optional<String> other) {
        return new SpeechRequests(model, other.orElse(voice), instructions, speed, asksForRate, format);
    }

    String body(String text) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("model", model)
                .put("input", text)
                .put("voice", voice)
                .put("response_format", "pcm");
        instructions.ifPresent(value -> body.put("instructions", value));
        speed.ifPresent(value -> body.put("speed", value));
        if (asksForRate) {
            body.put("sample_rate", format.sampleRateHz());
        }
        return Json.write(body);
    }
}
