package io.patchcord.app.overhead;

import io.netty.buffer.ByteBuf;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketClientConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import io.patchcord.audiosocket.CloseReason;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A caller who is silent but for one loud frame every two seconds, and notes when that frame and its answer arrive. The
 * audio side is confined to the connection's event loop; the provider's side calls from its own.
 */
final class BenchCall implements AudioSocketListener {

    private static final int FRAME_BYTES = 320;
    private static final int FRAMES_BETWEEN = 100;
    private static final short LOUD = 8_000;
    private static final short AUDIBLE = 1_000;
    private static final byte[] SILENCE = new byte[FRAME_BYTES];
    private static final byte[] NOISE = noise();

    private final Samples toProvider;
    private final Samples toCaller;
    private final AudioSocketClientConnection connection;
    private long frame;
    private volatile long askedAt;
    private volatile long answeredAt;
    private volatile boolean ended;

    BenchCall(AudioSocketClientConnection connection, Samples toProvider, Samples toCaller) {
        this.connection = connection;
        this.toProvider = toProvider;
        this.toCaller = toCaller;
    }

    private static byte[] noise() {
        byte[] noise = new byte[FRAME_BYTES];
        for (int i = 0; i < FRAME_BYTES; i += 2) {
            noise[i] = (byte) LOUD;
            noise[i + 1] = (byte) (LOUD >> 8);
        }
        return noise;
    }

    /** Sends a frame every 20 ms from now on; the calls' loud frames are spread over the two seconds. */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with the event loop.
    void speak(int phase) {
        frame = phase % FRAMES_BETWEEN;
        connection.eventLoop().scheduleAtFixedRate(this::sendFrame, 0, AudioKind.FRAME_MS, TimeUnit.MILLISECONDS);
    }

    private void sendFrame() {
        boolean loud = ++frame % FRAMES_BETWEEN == 0;
        if (loud) {
            askedAt = System.nanoTime();
        }
        byte[] pcm = loud ? NOISE : SILENCE;
        connection.sendAudio(AudioKind.SLIN8, pcm, 0, pcm.length);
    }

    /** A loud frame has reached the provider, who answers at once; false when it is not the first of its question. */
    boolean heardByProvider() {
        long now = System.nanoTime();
        long asked = askedAt;
        if (asked == 0) {
            return false;
        }
        askedAt = 0;
        toProvider.add(now - asked);
        return true;
    }

    /** The provider sends the first audio of its answer now. */
    void answered() {
        answeredAt = System.nanoTime();
    }

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        long answer = answeredAt;
        if (answer != 0 && Math.abs(payload.getShortLE(payload.readerIndex())) > AUDIBLE) {
            answeredAt = 0;
            toCaller.add(System.nanoTime() - answer);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Audio of an answer in G.711 mu-law, 300 ms. */
    static byte[] answerInMuLaw() {
        byte[] audio = new byte[2_400];
        Arrays.fill(audio, (byte) 0x9F);
        return audio;
    }

    /** Whether a byte of mu-law is louder than a whisper; 0xFF and 0x7F are zero, and what is near is near. */
    static boolean isLoud(byte muLaw) {
        return (muLaw & 0x7F) < 0x60;
    }
}
