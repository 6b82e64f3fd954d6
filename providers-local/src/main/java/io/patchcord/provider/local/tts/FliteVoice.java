package io.patchcord.provider.local.tts;

/**
 * A voice that makes one utterance at a time. Confined to one thread at a time.
 *
 * <p>Two kinds: {@link EmbeddedFlite} and {@link NativeFlite}.
 */
interface FliteVoice extends AutoCloseable {

    int SAMPLE_RATE_HZ = 16_000;

    /** Samples in a piece that the sink gets: 50 ms, two or three milliseconds of work. */
    int CHUNK_SAMPLES = SAMPLE_RATE_HZ / 20;

    /**
     * Speaks the text into the sink; returns when all of it was made, or soon after the sink or the checkpoint ended it.
     *
     * @param text printable ASCII as {@link SpeakableText} makes it, of one utterance's length
     * @param checkpoint called now and then, also before the first sound; throws {@link StopSpeaking} to end the utterance
     * @throws FliteException if the utterance came to grief; the voice can be used again
     */
    void speak(String text, PcmSink sink, Runnable checkpoint);

    @Override
    void close();
}
