package io.patchcord.agent.testing;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.MediaListener;
import io.patchcord.agent.media.MediaPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A media port without a network: keeps what was sent, and lets a test play the caller. Confined to the test's thread. */
public final class FakeMediaPort implements MediaPort {

    private final AudioFormat format;
    private final List<AudioFrame> sent = new ArrayList<>();
    private @Nullable MediaListener listener;
    private boolean closed;

    /** Linear 8 kHz. */
    public FakeMediaPort() {
        this(AudioFormat.SLIN_8K);
    }

    public FakeMediaPort(AudioFormat format) {
        this.format = format;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public Duration ptime() {
        return Duration.ofMillis(20);
    }

    @Override
    public void start(MediaListener mediaListener) {
        listener = mediaListener;
    }

    @Override
    public boolean send(AudioFrame frame) {
        if (closed) {
            return false;
        }
        sent.add(frame);
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tellClosed(MediaListener.CloseReason.LOCAL);
        }
    }

    /** A frame from the caller. */
    public void callerSends(AudioFrame frame) {
        if (listener != null) {
            listener.onAudio(frame);
        }
    }

    /** A key from the caller. */
    public void callerPresses(char digit) {
        if (listener != null) {
            listener.onDtmf(digit);
        }
    }

    /** The caller's side ends the audio. */
    public void callerHangsUp() {
        if (!closed) {
            closed = true;
            tellClosed(MediaListener.CloseReason.REMOTE);
        }
    }

    /** Every frame that was sent, in order. */
    public List<AudioFrame> sent() {
        return List.copyOf(sent);
    }

    /** The frames that are not silence. */
    public List<AudioFrame> sentSpeech() {
        return sent.stream().filter(FakeMediaPort::isSpeech).toList();
    }

    public boolean isClosed() {
        return closed;
    }

    private static boolean isSpeech(AudioFrame frame) {
        byte silence = frame.format().silence();
        for (byte value : frame.data()) {
            if (value != silence) {
                return true;
            }
        }
        return false;
    }

    private void tellClosed(MediaListener.CloseReason reason) {
        MediaListener target = listener;
        listener = null;
        if (target != null) {
            target.onClosed(reason);
        }
    }
}
