package io.patchcord.openai.compatible;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** What is asked of {@code /v1/audio/transcriptions}: a WAV file, and nothing that the user did not set. */
record TranscriptionRequests(
        String model, Optional<String> language, Optional<String> prompt, OptionalDouble temperature) {

    static final AudioFormat FORMAT = AudioFormat.SLIN_16K;

    private static final MediaType WAV = MediaType.get("audio/wav");
    private static final int HEADER_BYTES = 44;
    private static final int FORMAT_BYTES = 16;
    private static final short PCM = 1;
    private static final short MONO = 1;

    MultipartBody body(AudioFrame segment) {
        MultipartBody.Builder body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", "speech.wav", RequestBody.create(wav(segment), WAV))
                .addFormDataPart("model", model)
                .addFormDataPart("response_format", "json");
        language.ifPresent(value -> body.addFormDataPart("language", value));
        prompt.ifPresent(value -> body.addFormDataPart("prompt", value));
        temperature.ifPresent(value -> body.addFormDataPart("temperature", String.valueOf(value)));
        return body.build();
    }

    static byte[] wav(AudioFrame segment) {
        byte[] data = segment.data();
        int rate = segment.format().sampleRateHz();
        int bytesPerSample = segment.format().bytesPerSample();
        return ByteBuffer.allocate(HEADER_BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER_BYTES - 8 + data.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(FORMAT_BYTES)
                .putShort(PCM)
                .putShort(MONO)
                .putInt(rate)
                .putInt(rate * bytesPerSample)
                .putShort((short) bytesPerSample)
                .putShort((short) (8 * bytesPerSample))
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }
}
