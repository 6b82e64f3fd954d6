package io.patchcord.ari;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends silence over an AudioSocket connection, a frame every 20 ms. Asterisk 22 waits for the next frame with its channel
 * locked, so that a server which sends nothing can freeze its own call: digits, bridging, even requests about it.
 */
final class SilentMedia implements AutoCloseable {

    private static final int KIND_SLIN = 0x10;
    private static final int PAYLOAD_BYTES = 320;
    private static final int FRAME_MS = 20;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    SilentMedia(Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        byte[] frame = new byte[3 + PAYLOAD_BYTES];
        frame[0] = KIND_SLIN;
        frame[1] = (byte) (PAYLOAD_BYTES >> 8);
        frame[2] = (byte) PAYLOAD_BYTES;
        connection.setTcpNoDelay(true);
        clock.scheduleAtFixedRate(() -> send(out, frame), 0, FRAME_MS, TimeUnit.MILLISECONDS);
    }

    /** When Asterisk has closed the connection, there is nobody left to be silent for. */
    private void send(OutputStream out, byte[] frame) {
        try {
            out.write(frame);
        } catch (IOException e) {
            clock.shutdown();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
