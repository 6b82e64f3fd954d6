package io.patchcord.ari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A server that opens the events socket and then does nothing: it reads no ping, and so sends no pong. */
final class SilentServer implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final CountDownLatch over = new CountDownLatch(1);

    private SilentServer() {}

    static SilentServer start() {
        SilentServer silent = new SilentServer();
        silent.server.enqueue(new MockResponse.Builder()
                .webSocketUpgrade(new WebSocketListener() {
                    @Override
                    public void onOpen(WebSocket socket, Response response) {
                        // The server starts to read when this returns
                        try {
                            silent.over.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        socket.cancel();
                    }
                })
                .build());
        try {
            silent.server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return silent;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        over.countDown();
        server.close();
    }
}
