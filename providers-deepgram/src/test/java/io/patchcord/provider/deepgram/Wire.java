package io.patchcord.provider.deepgram;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;

/** A bare socket, to see and to cause the end of a connection. */
final class Wire implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private volatile Socket client;

    Wire() throws IOException {}

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Answers one request with two samples of a longer answer, then does as told, then hangs up. */
    CompletableFuture<Void> answerAndWait(Runnable then) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                client = socket;
                byte[] request = new byte[8_192];
                StringBuilder seen = new StringBuilder();
                while (seen.indexOf("{\"text\"") < 0) {
                    seen.append(new String(request, 0, socket.getInputStream().read(request), US_ASCII));
                }
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: audio/l16\r\nContent-Length: 100\r\n\r\n\1\2\3\4"
                                .getBytes(US_ASCII));
                then.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    void readToTheEnd() {
        try {
            while (client.getInputStream().read() >= 0) {}
        } catch (SocketException e) {
            // A reset is an end, too.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
