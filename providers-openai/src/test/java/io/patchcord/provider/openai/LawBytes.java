package io.patchcord.provider.openai;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.provider.openai.testing.FakeScript;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Audio that does not survive being decoded and encoded again, and what a service was sent. */
final class LawBytes {

    private static final int FRAMES = 8;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private LawBytes() {}

    /** Notes what the service is sent. */
    static LawBytes sentTo(FakeScript script) {
        LawBytes bytes = new LawBytes();
        script.on("input_audio_buffer.append", (service, event) -> {
            bytes.sent.writeBytes(Base64.getDecoder().decode(event.path("audio").asText()));
            return false;
        });
        return bytes;
    }

    /** Every code of G.711 in eight frames, also the second of two codes that mean the same. */
    static AudioFrame everyCode(AudioFormat law) {
        byte[] data = new byte[FRAMES * 160];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        return AudioFrame.of(law, data);
    }

    /** As text, one character for each byte, in which a sequence is easily found. */
    String text() {
        return text(sent.toByteArray());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
