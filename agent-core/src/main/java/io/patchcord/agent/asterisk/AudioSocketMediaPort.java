package io.patchcord.agent.asterisk;

import io.netty.buffer.ByteBuf;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.MediaListener;
import io.patchcord.agent.media.MediaPort;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import io.patchcord.audiosocket.CloseReason;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call's audio over AudioSocket. Linear 8 kHz to Asterisk, which resamples if its side is wider; whatever rate comes
 * from there is brought to 8 kHz. Confined to the connection's event loop, which is the call loop.
 */
final class AudioSocketMediaPort implements MediaPort, AudioSocketListener {

    private static final Logger log = LoggerFactory.getLogger(AudioSocketMediaPort.class);
    private static final Duration PTIME = Duration.ofMillis(AudioKind.FRAME_MS);

    private final AudioSocketConnection connection;
    private final MediaListener.CloseReason asteriskEnds;
    private final Consumer<Runnable> closing;
    private final CompandedAudioCheck companded = new CompandedAudioCheck();
    private @Nullable MediaListener listener;
    private final AudioConverter converter = new AudioConverter(AudioFormat.SLIN_8K);
    private boolean closed;

    /**
     * @param asteriskEnds what it means that Asterisk ends the connection: in the dialplan it is the caller's own, in Stasis it
     *     is that of a channel of ours, which a caller who leaves does not take along
     * @param closing is given the orderly end of the connection, to run it when the rest of the call's teardown is ready
     *     for it
     */
    AudioSocketMediaPort(
            AudioSocketConnection connection, MediaListener.CloseReason asteriskEnds, Consumer<Runnable> closing) {
        this.connection = connection;
        this.asteriskEnds = asteriskEnds;
        this.closing = closing;
    }

    @Override
    public AudioFormat format() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public Duration ptime() {
        return PTIME;
    }

    @Override
    public void start(MediaListener mediaListener) {
        listener = mediaListener;
    }

    @Override
    public boolean send(AudioFrame frame) {
        return !closed && connection.sendAudio(AudioKind.SLIN8, frame.data());
    }

    /** Nothing to do: Asterisk holds no audio back, what was sent has been played. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closing.accept(connection::hangup);
        }
    }

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        MediaListener target = listener;
        if (target == null || closed) {
            return;
        }
        byte[] data = new byte[payload.readableBytes()];
        payload.readBytes(data);
        if (companded.suspects(data.length)) {
            log.error(
                    "[{}] the caller's codec arrives labelled as linear audio, which sounds like noise: write"
                            + " c(slin) in the dialplan, as in Dial(AudioSocket/host:port/uuid/c(slin))",
                    connection.id());
        }
        target.onAudio(converter.convert(AudioFrame.of(AudioFormat.slin(kind.sampleRateHz()), data)));
    }

    @Override
    public void onDtmf(char digit) {
        if (listener != null && !closed) {
            listener.onDtmf(digit);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        MediaListener target = listener;
        listener = null;
        if (target != null) {
            target.onClosed(meaning(reason));
        }
    }

    private MediaListener.CloseReason meaning(CloseReason reason) {
        return switch (reason.kind()) {
            case REMOTE_CLOSED, REMOTE_HANGUP, REMOTE_RESET -> asteriskEnds;
            case LOCAL_HANGUP, SHUTDOWN -> MediaListener.CloseReason.LOCAL;
            default -> MediaListener.CloseReason.FAILED;
        };
    }
}
