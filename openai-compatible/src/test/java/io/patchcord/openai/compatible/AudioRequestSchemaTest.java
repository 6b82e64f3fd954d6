package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.MultipartBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Requests for speech and transcriptions, held against OpenAI's published format, in which no other field is allowed. */
class AudioRequestSchemaTest {

    private static final AudioFrame SEGMENT = AudioFrame.of(AudioFormat.SLIN_16K, new byte[100]);

    @Test
    void speech_isAsPublished() throws IOException {
        JsonSchema schema = schema("openai-speech.client.json");
        SpeechRequests usual = new SpeechRequests(
                "gpt-4o-mini-tts", "alloy", Optional.empty(), OptionalDouble.empty(), false, AudioFormat.SLIN_24K);
        SpeechRequests all = new SpeechRequests(
                "gpt-4o-mini-tts",
                "alloy",
                Optional.of("Whisper."),
                OptionalDouble.of(1.25),
                false,
                AudioFormat.SLIN_24K);
        SpeechRequests withAnExtension =
                new SpeechRequests("m", "v", Optional.empty(), OptionalDouble.empty(), true, AudioFormat.SLIN_8K);

        assertThat(schema.validate(Json.MAPPER.readTree(usual.body("Hello.")))).isEmpty();
        assertThat(schema.validate(Json.MAPPER.readTree(all.body("Hello.")))).isEmpty();
        assertThat(schema.validate(Json.MAPPER.readTree(withAnExtension.body("Hello."))))
                .isNotEmpty();
    }

    @Test
    void transcription_isAsPublished() throws IOException {
        JsonSchema schema = schema("openai-transcription.client.json");
        TranscriptionRequests usual =
                new TranscriptionRequests("whisper-1", Optional.empty(), Optional.empty(), OptionalDouble.empty());
        TranscriptionRequests all = new TranscriptionRequests(
                "whisper-1", Optional.of("en"), Optional.of("Patchcord"), OptionalDouble.of(0.2));

        assertThat(schema.validate(fields(usual.body(SEGMENT)))).isEmpty();
        assertThat(schema.validate(fields(all.body(SEGMENT)))).isEmpty();
        assertThat(schema.validate(fields(all.body(SEGMENT)).put("more", 1))).isNotEmpty();
    }

    /** The fields of the form; a number is one in spite of its quotation marks. */
    private static ObjectNode fields(MultipartBody form) throws IOException {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        for (MultipartBody.Part part : form.parts()) {
            String disposition = part.headers().get("Content-Disposition");
            String name = disposition.replaceFirst("^.*?name=\"([^\"]*)\".*$", "$1");
            Buffer value = new Buffer();
            part.body().writeTo(value);
            if (name.equals("temperature")) {
                fields.put(name, Double.parseDouble(value.readUtf8()));
            } else {
                fields.put(name, value.readUtf8());
            }
        }
        return fields;
    }

    private static JsonSchema schema(String name) throws IOException {
        Path file = find("shared/specs/schemas/" + name);
        ObjectNode document = (ObjectNode) Json.MAPPER.readTree(Files.readString(file));
        JsonNode request = document.at("/x-messages/request");
        document.put("$ref", request.asText());
        document.remove(List.of("anyOf"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
    }

    private static Path find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        assumeTrue(false, "skipped: there is no " + name + " beside the repository");
        throw new AssertionError("not reached");
    }
}
