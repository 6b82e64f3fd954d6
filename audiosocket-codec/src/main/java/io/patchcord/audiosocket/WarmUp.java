package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws frames to and fro between a server and clients of its own, on the loopback interface, until the compiler of the
 * Java machine has seen enough of the code that every frame of every call goes through.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Some 5,000 runs of a method are needed, and the compiler is some way behind. */
    private static final int FRAMES = 20_000;

    private static final int CALLS = 2;
    private static final int MAX_SECONDS = 5;

    private WarmUp() {}

    static void run() {
        long start = System.nanoTime();
        try (AudioSocketServer server = AudioSocketServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .ioThreads(1)
                        .quiet()
                        .startCalls(call -> call::relay);
                AudioSocketClient client = AudioSocketClient.create()) {
            CountDownLatch playing = new CountDownLatch(CALLS);
            for (int i = 0; i < CALLS; i++) {
                client.connect(UUID.randomUUID(), server.addresses().get(0), call -> new Player(call, playing))
                        .join();
            }
            boolean done = playing.await(MAX_SECONDS, TimeUnit.SECONDS);
            LOG.debug("Warm-up {} in {} ms", done ? "done" : "given up", (System.nanoTime() - start) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AudioSocketException | CompletionException e) {
            LOG.debug("No warm-up", e);
        }
    }

    /** Throws back what it catches. */
    private static final class Player implements AudioSocketListener {

        private final AudioSocketConnection connection;
        private final CountDownLatch playing;
        private int left = FRAMES / CALLS;

        Player(AudioSocketConnection connection, CountDownLatch playing) {
            this.connection = connection;
            this.playing = playing;
            connection.sendAudio(AudioKind.SLIN8, new byte[AudioKind.SLIN8.frameBytes()]);
        }

        @Override
        public void onAudio(AudioKind kind, ByteBuf payload) {
            left--;
            if (left > 0) {
                connection.sendAudio(kind, payload);
            } else if (left == 0) {
                playing.countDown();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            playing.countDown();
        }
    }
}
