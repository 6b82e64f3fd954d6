package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.spi.ProviderConfig;
import java.util.List;
import java.util.Optional;

/** The audio formats of the Realtime API ({@code RealtimeAudioFormats} of its specification). */
enum WireAudio {
    PCMU("audio/pcmu", Encoding.ULAW, 8_000),
    PCMA("audio/pcma", Encoding.ALAW, 8_000),
    PCM("audio/pcm", Encoding.SLIN, 24_000);

    private final String type;
    private final Encoding encoding;
    private final int sampleRateHz;

    WireAudio(String type, Encoding encoding, int sampleRateHz) {
        this.type = type;
        this.encoding = encoding;
        this.sampleRateHz = sampleRateHz;
    }

    /** The choice of a setting; empty for {@code auto}, which is its default. */
    static Optional<WireAudio> configured(ProviderConfig config, String name) {
        return switch (Choices.one(config, name, List.of("auto", "pcmu", "pcma", "pcm"))) {
            case "pcmu" -> Optional.of(PCMU);
            case "pcma" -> Optional.of(PCMA);
            case "pcm" -> Optional.of(PCM);
            default -> Optional.empty();
        };
    }

    /**
     * What loses nothing of a call in this format, and costs least: its own law of G.711, µ-law for linear telephone audio,
     * and 24 kHz for wide-band audio.
     */
    static WireAudio suiting(AudioFormat call) {
        if (call.encoding() == Encoding.ALAW) {
            return PCMA;
        }
        return call.sampleRateHz() > PCMU.sampleRateHz ? PCM : PCMU;
    }

    AudioFormat format() {
        return new AudioFormat(encoding, sampleRateHz);
    }

    int bytesPerMs() {
        return encoding.bytesPerSample() * sampleRateHz / 1000;
    }

    /** The rate is told for linear samples only; it is no field of the others. */
    ObjectNode describe() {
        ObjectNode object = Json.object().put("type", type);
        return this == PCM ? object.put("rate", sampleRateHz) : object;
    }
}
