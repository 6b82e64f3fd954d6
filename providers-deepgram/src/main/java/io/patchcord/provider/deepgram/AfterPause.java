package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The first audio after a pause, in which the service may have ended the connection: whether it has, is known only when it
 * does not answer. Kept for a second and given once. Confined to the call loop.
 */
final class AfterPause {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final List<AudioFrame> frames = new ArrayList<>();
    private Duration length = Duration.ZERO;

    /**
     * @param resumes whether there was a pause before the frame
     */
    void add(AudioFrame frame, boolean resumes) {
        if (resumes) {
            clear();
        } else if (frames.isEmpty()) {
            return;
        }
        frames.add(frame);
        length = length.plus(frame.duration());
        if (length.compareTo(LONGEST) > 0) {
            clear();
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    List<AudioFrame> take() {
        List<AudioFrame> taken = List.copyOf(frames);
        clear();
        return taken;
    }

    private void clear() {
        frames.clear();
        length = Duration.ZERO;
    }
}
