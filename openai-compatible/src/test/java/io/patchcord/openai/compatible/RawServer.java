package io.patchcord.openai.compatible;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server below HTTP: it answers every connection with the same bytes, in pieces of one TCP packet each, and then waits until
 * the client leaves, or resets it.
 */
final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final byte[] answer;
    private final int bytesPerPiece;
    private final boolean resets;

    private RawServer(String answer, int bytesPerPiece, boolean resets) {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.bytesPerPiece = bytesPerPiece;
        this.resets = resets;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Takes connections and is silent. */
    static RawServer silent() {
        return new RawServer("", 1, false);
    }

    static RawServer answering(String answer, int bytesPerPiece) {
        return new RawServer(answer, bytesPerPiece, false);
    }

    /** Resets the connection after this much of an answer. */
    static RawServer resetting(String answer) {
        return new RawServer(answer, Math.max(1, answer.length()), true);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket connection = socket.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void serve(Socket connection) {
        byte[] request = new byte[1 << 16];
        try (connection) {
            connection.setTcpNoDelay(true);
            connection.getInputStream().read(request);
            for (int from = 0; from < answer.length; from += bytesPerPiece) {
                connection
                        .getOutputStream()
                        .write(Arrays.copyOfRange(answer, from, Math.min(answer.length, from + bytesPerPiece)));
            }
            if (resets) {
                connection.setSoLinger(true, 0);
                return;
            }
            while (connection.getInputStream().read(request) >= 0) {
                // The rest of a request.
            }
        } catch (IOException e) {
            // The client has left in its own way.
        } finally {
            left.incrementAndGet();
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** Whether no client is connected any more. */
    boolean isLeft() {
        return left.get() == connections.size();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
