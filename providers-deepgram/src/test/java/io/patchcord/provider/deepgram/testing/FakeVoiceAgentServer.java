package io.patchcord.provider.deepgram.testing;

import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Deepgram's Voice Agent on 127.0.0.1, as far as its client notices: it greets, hears by loudness that the caller speaks,
 * says what its {@link FakeAgentScript} says in the order of recorded sessions, calls functions, and stops when it is
 * interrupted. Thread-safe.
 */
public final class FakeVoiceAgentServer implements AutoCloseable {

    private final FakeSocketServer sockets = FakeSocketServer.start();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fake-voice-agent");
        thread.setDaemon(true);
        return thread;
    });
    private final List<FakeAgentCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private FakeVoiceAgentServer(FakeAgentScript script, FakeAgentObserver observer) {
        sockets.answer(HandshakeAnswer.accept(Map.of("dg-request-id", "fake-request")));
        sockets.serve(() -> {
            FakeAgentCall call = new FakeAgentCall(script, observer, timer);
            calls.add(call);
            return call;
        });
    }

    public static FakeVoiceAgentServer start(FakeAgentScript script) {
        return start(script, new FakeAgentObserver() {});
    }

    public static FakeVoiceAgentServer start(FakeAgentScript script, FakeAgentObserver observer) {
        return new FakeVoiceAgentServer(script, observer);
    }

    /** For {@code DEEPGRAM_AGENT_URL}. */
    public URI uri() {
        return sockets.uri().resolve("/v1/agent/converse");
    }

    /** The sockets below, for handshakes that go wrong. */
    public FakeSocketServer sockets() {
        return sockets;
    }

    /** All connections, in order. */
    public List<FakeAgentCall> calls() {
        return calls;
    }

    /** The connection of this number, counted from 0, when its Settings have come. */
    public FakeAgentCall awaitCall(int index) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (calls.size() <= index || calls.get(index).settings().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("there is no connection " + index + " with Settings");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return calls.get(index);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            timer.shutdownNow();
            sockets.close();
        }
    }

    /**
     * Serves until the process is ended. Options: {@code --wav FILE} (8 kHz) is the voice, {@code --thinking MS} the time
     * before an answer, {@code --tool NAME JSON} is called in the second turn, {@code --hears TEXT} is a turn's words.
     */
    public static void main(String[] args) throws InterruptedException {
        FakeAgentScript script = new FakeAgentScript();
        List<String> words = new CopyOnWriteArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--wav" -> script.voice(Path.of(args[++i]));
                case "--thinking" -> script.thinking(Duration.ofMillis(Long.parseLong(args[++i])));
                case "--tool" -> script.callsTool(2, args[++i], args[++i]);
                case "--hears" -> words.add(args[++i]);
                default -> throw new IllegalArgumentException(args[i] + ": give --wav, --thinking, --tool or --hears");
            }
        }
        FakeVoiceAgentServer server = start(script.hears(words.toArray(String[]::new)));
        System.out.println("DEEPGRAM_AGENT_URL=" + server.uri());
        new CountDownLatch(1).await();
    }
}
