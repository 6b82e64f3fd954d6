package io.patchcord.provider.deepgram.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What the caller has said in a turn that the service has not understood yet, so that a new connection hears it when the old
 * one is lost: the last second, and while the caller speaks what was said since then, half a minute at most. Confined to the
 * call loop.
 *
 * <p>What was kept is sent a quarter faster than it was said, the most that Deepgram advises, with what is said meanwhile
 * behind it. That is the only time that audio waits.
 */
final class UnansweredAudio {

    private static final int BYTES_PER_MS = 8;

    /** Before the service notices that the caller speaks. */
    private static final int LEAD_BYTES = 1_000 * BYTES_PER_MS;

    /** Of a sound that the service has not noticed, and which may be no speech. */
    private static final int SOUND_BYTES = 3_000 * BYTES_PER_MS;

    /**
     * As long as what Listen and the core keep of a turn. A question without its beginning is answered wrongly, which is
     * worse than an answer that comes late, and few callers speak for so long.
     */
    private static final int TURN_BYTES = 30_000 * BYTES_PER_MS;

    /** Sound of this length while there is no connection is speech. */
    private static final int SPEECH_BYTES = 100 * BYTES_PER_MS;

    /** After so much silence nothing waits to be understood any more. */
    private static final int SILENCE_BYTES = 3_000 * BYTES_PER_MS;

    /** One frame more for every four. */
    private static final int FASTER = 4;

    private final Deque<byte[]> kept = new ArrayDeque<>();
    private final Deque<byte[]> behind = new ArrayDeque<>();
    private int keptBytes;
    private int loudBytes;
    private int quietBytes;
    private int sent;
    private boolean speaking;

    /** The service has noticed that the caller speaks. */
    void speaking() {
        speaking = true;
        quietBytes = 0;
    }

    /** The service has the words. */
    void understood() {
        forget();
        kept.clear();
        keptBytes = 0;
    }

    /** The connection is lost: from now on it counts what the caller says to nobody. */
    void lost() {
        behind.clear();
        loudBytes = 0;
    }

    /** A frame that was received. */
    void add(byte[] frame, boolean loud) {
        kept.add(frame);
        keptBytes += frame.length;
        loudBytes += loud ? frame.length : 0;
        quietBytes = loud ? 0 : quietBytes + frame.length;
        if (quietBytes > SILENCE_BYTES) {
            forget();
        }
        int most = speaking ? TURN_BYTES : isSpeech() ? SOUND_BYTES : LEAD_BYTES;
        while (keptBytes > most) {
            keptBytes -= kept.remove().length;
        }
    }

    /** There is a connection again: what it must hear first is put in line. */
    void found() {
        if (speaking || isSpeech()) {
            behind.addAll(kept);
        }
    }

    /** Sends the frame, or what is in line before it. */
    void send(byte[] frame, Consumer<byte[]> out) {
        if (behind.isEmpty()) {
            out.accept(frame);
            return;
        }
        behind.add(frame);
        out.accept(behind.remove());
        if (++sent % FASTER == 0 && !behind.isEmpty()) {
            out.accept(behind.remove());
        }
    }

    private boolean isSpeech() {
        return loudBytes >= SPEECH_BYTES;
    }

    private void forget() {
        speaking = false;
        loudBytes = 0;
        quietBytes = 0;
    }
}
