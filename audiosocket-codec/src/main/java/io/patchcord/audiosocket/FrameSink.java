package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import java.util.UUID;

/** Takes what a {@link FrameParser} finds. A payload is the sink's for the time of the call only, and lies between the buffer's indices. */
interface FrameSink {

    void onId(UUID id);

    void onAudio(AudioKind kind, ByteBuf payload);

    void onDtmf(char digit);

    void onHangup();

    void onPeerError(OptionalInt code);

    void onUnknown(int kind, ByteBuf payload);
}
