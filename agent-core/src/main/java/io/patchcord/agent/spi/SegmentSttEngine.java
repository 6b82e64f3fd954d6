package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;
import java.util.concurrent.CompletionStage;

/** Turns a finished stretch of speech into text. The cascade cuts the stretches with a VAD. Thread-safe. */
public non-sealed interface SegmentSttEngine extends SttEngine {

    /**
     * Recognises one segment; returns at once.
     *
     * @param segment speech with a little silence on both sides, in {@link #inputFormat}
     * @return completes on any thread, with an empty text if nothing was understood, or fails with a
     *     {@link ProviderException} (BUSY when the queue is full, TIMEOUT when it took too long). When its future is
     *     cancelled nobody wants the result any more, and work that has not begun need not be done
     */
    CompletionStage<Transcript> transcribe(AudioFrame segment);
}
