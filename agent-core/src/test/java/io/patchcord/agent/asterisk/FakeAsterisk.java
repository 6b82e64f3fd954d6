package io.patchcord.agent.asterisk;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.patchcord.ari.testing.FakeAri;
import io.patchcord.ari.testing.FakeRequest;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketClient;
import io.patchcord.audiosocket.AudioSocketClientConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import io.patchcord.audiosocket.CloseReason;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The fake ARI together with the AudioSocket connections that a real Asterisk would make. */
final class FakeAsterisk implements AutoCloseable {

    final FakeAri ari = FakeAri.start();
    private final AudioSocketClient client = AudioSocketClient.create();

    /** Connects as Asterisk does for the external media channel that was asked for. */
    Leg connectMedia() {
        FakeRequest request = ari.awaitRequest("POST", "/channels/externalMedia");
        URI address = URI.create("tcp://" + request.parameter("external_host"));
        return connect(
                UUID.fromString(request.parameter("data")),
                new InetSocketAddress(address.getHost(), address.getPort()));
    }

    /** Connects as the dialplan application AudioSocket() does. */
    Leg connect(UUID uuid, InetSocketAddress server) {
        Leg leg = new Leg();
        leg.connection = client.connect(uuid, server, connection -> leg).join();
        return leg;
    }

    @Override
    public void close() {
        client.close();
        ari.close();
    }

    /** The caller's ear. */
    static final class Leg implements AudioSocketListener {

        final AtomicInteger frames = new AtomicInteger();
        final AtomicInteger speech = new AtomicInteger();
        volatile @Nullable CloseReason closed;
        private volatile @Nullable AudioSocketClientConnection connection;

        void press(char digit) {
            connection().sendDtmf(digit);
        }

        void hangUp() {
            connection().hangup();
        }

        void pressIfOpen(char digit) {
            if (closed == null) {
                press(digit);
            }
        }

        void hangUpIfOpen() {
            if (closed == null) {
                hangUp();
            }
        }

        void awaitSpeech(int atLeast) {
            await("speech on the line").until(() -> speech.get() >= atLeast);
        }

        CloseReason awaitClosed() {
            await("the end of the audio").until(() -> closed != null);
            CloseReason reason = closed;
            if (reason == null) {
                throw new AssertionError("awaited");
            }
            return reason;
        }

        private AudioSocketClientConnection connection() {
            AudioSocketClientConnection open = connection;
            if (open == null) {
                throw new IllegalStateException("not connected");
            }
            return open;
        }

        @Override
        public void onAudio(AudioKind kind, ByteBuf payload) {
            frames.incrementAndGet();
            if (payload.getByte(payload.readerIndex()) != 0) {
                speech.incrementAndGet();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed = reason;
        }
    }
}
