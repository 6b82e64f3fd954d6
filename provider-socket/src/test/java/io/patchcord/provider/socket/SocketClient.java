package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A client under test: sockets, a loop of one thread, and all that was heard on it, in order. */
final class SocketClient implements AutoCloseable {

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "call-loop"));
    final ProviderSockets sockets;

    SocketClient() {
        this(ProviderSockets.create("socket-test"));
    }

    SocketClient(ProviderSockets sockets) {
        this.sockets = sockets;
    }

    Heard connect(URI uri) {
        return connect(SocketRequest.to(uri));
    }

    Heard connect(SocketRequest request) {
        Heard heard = new Heard();
        heard.socket = call(() -> sockets.connect(request, loop, heard));
        return heard;
    }

    /** Connects and waits until it is open. */
    Heard open(SocketRequest request) {
        Heard heard = connect(request);
        await().until(() -> heard.openings.size() + heard.ends.size() > 0);
        assertThat(heard.ends).isEmpty();
        return heard;
    }

    <T> T call(Callable<T> task) {
        try {
            return loop.submit(task).get();
        } catch (Exception e) {
            throw new AssertionError(e.getCause() == null ? e : e.getCause());
        }
    }

    void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    @Override
    public void close() {
        sockets.close();
        loop.shutdown();
    }

    /** What one socket told. */
    final class Heard implements SocketListener {

        final List<Map<String, String>> openings = new CopyOnWriteArrayList<>();
        final List<Object> messages = new CopyOnWriteArrayList<>();
        final List<SocketEnd> ends = new CopyOnWriteArrayList<>();
        final List<String> mistakes = new CopyOnWriteArrayList<>();
        volatile ProviderSocket socket;

        @Override
        public void opened(Map<String, String> responseHeaders) {
            check(openings.isEmpty(), "opened twice");
            openings.add(responseHeaders);
        }

        @Override
        public void text(String message) {
            check(!openings.isEmpty(), "a message before it is open");
            messages.add(message);
        }

        @Override
        public void binary(byte[] message) {
            check(!openings.isEmpty(), "a message before it is open");
            messages.add(message);
        }

        @Override
        public void closed(SocketEnd end) {
            check(socket == null || !socket.isOpen(), "open after its end");
            ends.add(end);
        }

        private void check(boolean right, String mistake) {
            if (!right || !ends.isEmpty()) {
                mistakes.add(right ? "something after the end" : mistake);
            }
            if (!Thread.currentThread().getName().equals("call-loop")) {
                mistakes.add("not on the loop");
            }
        }

        /** The end, when it has come, and nothing was wrong before and came after it. */
        SocketEnd awaitEnd() {
            await().until(() -> !ends.isEmpty());
            run(() -> {});
            assertThat(mistakes).isEmpty();
            assertThat(ends).hasSize(1);
            return ends.get(0);
        }

        <T extends SocketEnd> T awaitEnd(Class<T> type) {
            assertThat(awaitEnd()).isInstanceOf(type);
            return type.cast(ends.get(0));
        }

        List<Object> awaitMessages(int count) {
            await().until(() -> messages.size() >= count);
            return new ArrayList<>(messages);
        }

        boolean sendText(String text) {
            return call(() -> socket.sendText(text));
        }

        boolean sendBinary(byte[] bytes) {
            return call(() -> socket.sendBinary(bytes));
        }

        void close(int code, String reason) {
            run(() -> socket.close(code, reason));
        }

        void abort() {
            run(() -> socket.abort());
        }
    }
}
