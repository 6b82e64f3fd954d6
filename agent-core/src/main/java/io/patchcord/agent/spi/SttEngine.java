package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFormat;

/** Speech to text: either whole segments at a time, or as a stream. Thread-safe. */
public sealed interface SttEngine extends Engine permits SegmentSttEngine, StreamingSttEngine {

    /** The format it wants its audio in; the cascade converts. */
    AudioFormat inputFormat();
}
