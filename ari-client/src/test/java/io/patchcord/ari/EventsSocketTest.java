package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.ari.testing.FakeAri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsSocketTest {

    private final FakeAri fake = FakeAri.start();
    private final Recorder recorder = new Recorder();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        fake.close();
    }

    private AriClient connect(AriClientBuilder builder) {
        AriClient client = builder.listener(recorder).build();
        toClose.add(client);
        client.connect();
        return client;
    }

    private AriClient connect() {
        return connect(fake.clientBuilder().applications("agent"));
    }

    private AriClient connected() {
        AriClient client = connect();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");
        return client;
    }

    private static ObjectNode event(String type, int number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("application", "agent")
                .put("number", number);
    }

    @Test
    void incomingCall_isHeardOf() {
        connected();

        fake.pbx().incoming("1.1", "Ring", "5551234", "2021", "agent", "deepgram");

        AriEvent.StasisStart start = recorder.nextEvent(AriEvent.StasisStart.class);
        assertThat(start.channel().caller().number()).isEqualTo("5551234");
        assertThat(start.channel().state()).isEqualTo(ChannelState.RING);
        assertThat(start.args()).containsExactly("deepgram");
    }

    @Test
    void events_comeInOrder_onOneThreadThatIsNoHttpThread() {
        connected();

        IntStream.range(0, 2000).forEach(number -> fake.push(event("Counted", number)));

        for (int number = 0; number < 2000; number++) {
            assertThat(recorder.nextEvent(AriEvent.Unknown.class).json()).contains("\"number\":" + number + "}");
        }
        assertThat(recorder.threads).doesNotContain(Thread.currentThread());
        assertThat(recorder.threads.stream().distinct()).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("ari-events-agent");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    @Test
    void severalApplications_shareOneSocket() {
        connect(fake.clientBuilder().applications("agent", "other"));
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("other");

        fake.push(event("A", 1));
        fake.push(event("B", 2).put("application", "other"));

        assertThat(recorder.nextEvent(AriEvent.Unknown.class).application()).isEqualTo("agent");
        assertThat(recorder.nextEvent(AriEvent.Unknown.class).application()).isEqualTo("other");
        assertThat(fake.socketsOpened()).isEqualTo(1);
    }

    @Test
    void secondConnect_doesNothing() {
        AriClient client = connected();

        client.connect();
        fake.push(event("A", 1));

        recorder.nextEvent(AriEvent.Unknown.class);
        assertThat(fake.socketsOpened()).isEqualTo(1);
    }

    @Test
    void textThatIsNoEvent_isSkipped() {
        connected();

        fake.pushText("no json");
        fake.pushText("[]");
        fake.push(event("A", 1));

        assertThat(recorder.nextEvent(AriEvent.Unknown.class).type()).isEqualTo("A");
    }

    @Test
    void brokenConnection_isLost_andComesBack() {
        connected();

        fake.dropSockets();

        Recorder.Disconnected lost = recorder.next(Recorder.Disconnected.class);
        assertThat(lost.reason().kind()).isEqualTo(DisconnectReason.Kind.LOST);
        assertThat(lost.willRetry()).isTrue();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");
        fake.push(event("After", 1));
        assertThat(recorder.nextEvent(AriEvent.Unknown.class).type()).isEqualTo("After");
    }

    @Test
    void asteriskThatStops_closesTheSocket_andIsFoundAgain() {
        connected();

        fake.closeSockets(1001, "going away");

        Recorder.Disconnected closed = recorder.next(Recorder.Disconnected.class);
        assertThat(closed.reason().kind()).isEqualTo(DisconnectReason.Kind.CLOSED_BY_ASTERISK);
        assertThat(closed.reason().message()).contains("1001").contains("going away");
        recorder.next(Recorder.Connected.class);
    }

    @Test
    void asteriskThatIsDown_isTriedUntilItIsThere() {
        int port = fake.port();
        fake.close();
        connect(fake.clientBuilder().applications("agent"));

        for (int attempt = 0; attempt < 3; attempt++) {
            Recorder.Disconnected down = recorder.next(Recorder.Disconnected.class);
            assertThat(down.reason().kind()).isEqualTo(DisconnectReason.Kind.UNREACHABLE);
            assertThat(down.reason().message()).contains("127.0.0.1:" + port);
            assertThat(down.willRetry()).isTrue();
        }
        try (FakeAri back = FakeAri.start(port)) {
            Recorder.Signal signal = recorder.next(Recorder.Signal.class);
            while (signal instanceof Recorder.Disconnected) {
                signal = recorder.next(Recorder.Signal.class);
            }
            assertThat(signal).isInstanceOf(Recorder.Connected.class);
            toClose.remove(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, password",
        "403, FORBIDDEN, acl",
        "404, NOT_FOUND, prefix",
        "503, BOOTING, booting",
        "500, REFUSED, 500",
        "400, REFUSED, 400"
    })
    void refusedHandshake_isToldApart_andTriedAgain(int status, DisconnectReason.Kind kind, String hint) {
        fake.failNext("GET", "/events", status, "Asterisk's words");
        connect();

        Recorder.Disconnected refused = recorder.next(Recorder.Disconnected.class);

        assertThat(refused.reason().kind()).isEqualTo(kind);
        assertThat(refused.reason().status()).isEqualTo(status);
        assertThat(refused.reason().message()).contains("Asterisk's words").contains(hint);
        assertThat(refused.willRetry()).isTrue();
        recorder.next(Recorder.Connected.class);
    }

    @Test
    void whatOnlyAnAdministratorCanMend_waitsForTheLongestBackOff() {
        fake.failNext("GET", "/events", 401, "");
        long begun = System.nanoTime();
        connect(fake.clientBuilder().applications("agent").backOff(Duration.ofMillis(1), Duration.ofMillis(600)));
        recorder.next(Recorder.Disconnected.class);

        recorder.next(Recorder.Connected.class);

        // At least half of 600 ms, as jitter takes up to half off
        assertThat(System.nanoTime() - begun)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void asteriskThatHasNotLoadedItsAriYet_isTriedAgainSoon() {
        fake.failNext("GET", "/events", 404, "");
        connect(fake.clientBuilder().applications("agent").backOff(Duration.ofMillis(1), Duration.ofMinutes(5)));

        assertThat(recorder.next(Recorder.Disconnected.class).reason().kind())
                .isEqualTo(DisconnectReason.Kind.NOT_FOUND);

        recorder.next(Recorder.Connected.class);
    }

    @Test
    void handshakeWithoutAnAnswer_isGivenUp_andTriedAgain() {
        fake.stallNext("GET", "/events");
        connect(fake.clientBuilder().applications("agent").requestTimeout(Duration.ofMillis(300)));

        assertThat(recorder.next(Recorder.Disconnected.class).reason().kind())
                .isEqualTo(DisconnectReason.Kind.UNREACHABLE);

        recorder.next(Recorder.Connected.class);
    }

    @Test
    void quietSocket_outlivesTheTimeoutsOfRequests() {
        connect(fake.clientBuilder()
                .applications("agent")
                .connectTimeout(Duration.ofMillis(300))
                .requestTimeout(Duration.ofMillis(300)));
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");

        assertThat(recorder.poll(Duration.ofMillis(900))).isEmpty();

        fake.push(event("StillThere", 1));
        recorder.nextEvent(AriEvent.Unknown.class);
        assertThat(fake.socketsOpened()).isEqualTo(1);
    }

    @Test
    void connectionsThatDoNotHold_areTriedEverMoreSeldom_thoseThatHeldAreNot() {
        // Given an Asterisk that accepts and closes at once, and a back-off that doubles from 1 ms
        List<Duration> waits = new ArrayList<>();
        connect(fake.clientBuilder().applications("agent").backOff(Duration.ofMillis(1), Duration.ofMinutes(1)));
        for (int round = 0; round < 9; round++) {
            recorder.next(Recorder.Connected.class);
            fake.awaitSocket("agent");
            long closed = System.nanoTime();
            fake.closeSockets(1000, "");
            recorder.next(Recorder.Disconnected.class);
            int before = round + 1;
            await().pollInterval(Duration.ofMillis(1)).until(() -> fake.socketsOpened() > before);
            waits.add(Duration.ofNanos(System.nanoTime() - closed));
        }

        // Then the ninth wait is of 256 ms, less at most half
        assertThat(waits.get(8)).isGreaterThanOrEqualTo(Duration.ofMillis(128));
    }

    @Test
    void missingPong_isALoss() {
        // Given a server that reads nothing any more, and so answers no ping
        try (SilentServer silent = SilentServer.start()) {
            connect(AriClient.builder()
                    .uri(silent.uri())
                    .credentials("agent", "agent")
                    .applications("agent")
                    .pingInterval(Duration.ofMillis(100))
                    .backOff(Duration.ofSeconds(30), Duration.ofSeconds(30)));
            recorder.next(Recorder.Connected.class);

            Recorder.Disconnected lost = recorder.next(Recorder.Disconnected.class);

            assertThat(lost.reason().kind()).isEqualTo(DisconnectReason.Kind.LOST);
            assertThat(lost.reason().message()).contains("a ping was not answered");
        }
    }

    @Test
    void takenOverApplication_isSaidLoudly_andNotFoughtFor() {
        connected();
        Recorder second = new Recorder();
        AriClient other =
                fake.clientBuilder().applications("agent").listener(second).build();
        toClose.add(other);

        other.connect();

        second.next(Recorder.Connected.class);
        assertThat(recorder.nextEvent(AriEvent.ApplicationReplaced.class).application())
                .isEqualTo("agent");
        Recorder.Disconnected replaced = recorder.next(Recorder.Disconnected.class);
        assertThat(replaced.reason().kind()).isEqualTo(DisconnectReason.Kind.REPLACED);
        assertThat(replaced.willRetry()).isFalse();
        // The new owner keeps it: events go there, and nobody takes it back
        fake.push(event("A", 1));
        second.nextEvent(AriEvent.Unknown.class);
        assertThat(fake.socketsOpened()).isEqualTo(2);
        assertThat(recorder.left()).isEmpty();
    }

    @Test
    void oneOfTwoApplicationsTakenOver_leavesTheOther_andIsNotAskedForAgain() {
        connect(fake.clientBuilder().applications("agent", "other"));
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");
        Recorder second = new Recorder();
        AriClient rival =
                fake.clientBuilder().applications("agent").listener(second).build();
        toClose.add(rival);
        rival.connect();
        second.next(Recorder.Connected.class);
        recorder.nextEvent(AriEvent.ApplicationReplaced.class);

        // When the socket that is left is lost and comes back
        fake.push(event("StillMine", 1).put("application", "other"));
        assertThat(recorder.nextEvent(AriEvent.Unknown.class).type()).isEqualTo("StillMine");
        rival.close();
        fake.awaitNoSocket("agent");
        fake.dropSockets();
        recorder.next(Recorder.Disconnected.class);
        recorder.next(Recorder.Connected.class);

        // Then it is there for the other application alone
        fake.awaitSocket("other");
        fake.push(event("Lost", 2));
        fake.push(event("Mine", 3).put("application", "other"));
        assertThat(recorder.nextEvent(AriEvent.Unknown.class).type()).isEqualTo("Mine");
    }

    @Test
    void slowListener_doesNotBlockTheReader_andOverflowIsToldAfterWhatWasQueued() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Recorder slow = recorder;
        AriListener blocking = new AriListener() {
            @Override
            public void onConnected() {
                slow.onConnected();
            }

            @Override
            public void onDisconnected(DisconnectReason reason, boolean willRetry) {
                slow.onDisconnected(reason, willRetry);
            }

            @Override
            public void onEvent(AriEvent event) {
                inside.countDown();
                try {
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                slow.onEvent(event);
            }
        };
        AriClient client = fake.clientBuilder()
                .applications("agent")
                .eventQueueCapacity(10)
                .listener(blocking)
                .build();
        toClose.add(client);
        client.connect();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");

        // When more come than fit: one at work, ten in the queue, and one too many
        fake.push(event("E", 0));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        IntStream.range(1, 12).forEach(number -> fake.push(event("E", number)));
        fake.awaitNoSocket("agent");
        release.countDown();

        // Then
        for (int number = 0; number < 11; number++) {
            assertThat(recorder.nextEvent(AriEvent.Unknown.class).json()).contains("\"number\":" + number + "}");
        }
        Recorder.Disconnected overflow = recorder.next(Recorder.Disconnected.class);
        assertThat(overflow.reason().kind()).isEqualTo(DisconnectReason.Kind.OVERFLOW);
        assertThat(overflow.reason().message()).contains("too slow");
        assertThat(overflow.willRetry()).isTrue();
        recorder.next(Recorder.Connected.class);
    }

    @Test
    void listenerThatThrows_goesOnHearing() {
        AtomicInteger calls = new AtomicInteger();
        AriClient client = fake.clientBuilder()
                .applications("agent")
                .listener(new AriListener() {
                    @Override
                    public void onConnected() {
                        recorder.onConnected();
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public void onDisconnected(DisconnectReason reason, boolean willRetry) {
                        recorder.onDisconnected(reason, willRetry);
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public void onEvent(AriEvent event) {
                        if (calls.incrementAndGet() == 1) {
                            throw new AssertionError("on purpose");
                        }
                        recorder.onEvent(event);
                    }
                })
                .build();
        toClose.add(client);
        client.connect();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");

        fake.push(event("First", 1));
        fake.push(event("Second", 2));
        assertThat(recorder.nextEvent(AriEvent.Unknown.class).type()).isEqualTo("Second");
        fake.dropSockets();
        recorder.next(Recorder.Disconnected.class);
        recorder.next(Recorder.Connected.class);
    }

    @Test
    void close_endsTheSocketInOrder_andNothingIsHeardAfterIt() {
        AriClient client = connected();

        client.close();

        fake.awaitNoSocket("agent");
        assertThat(fake.goodbyes()).isEqualTo(1);
        assertThat(recorder.left()).isEmpty();
        client.close();
        assertThatIllegalStateException().isThrownBy(client::connect);
    }

    @Test
    void close_waitsForTheCallThatRuns_andDropsTheRest() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        AriClient client = fake.clientBuilder()
                .applications("agent")
                .listener(event -> {
                    inside.countDown();
                    try {
                        assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    finished.incrementAndGet();
                })
                .build();
        toClose.add(client);
        client.connect();
        fake.awaitSocket("agent");
        fake.push(event("A", 1));
        fake.push(event("B", 2));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        Thread closer = new Thread(client::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        closer.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(closer.isAlive()).isFalse();
        assertThat(finished).hasValue(1);
    }

    @Test
    void close_canBeCalledByTheListenerItself() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AriClient[] self = new AriClient[1];
        self[0] = fake.clientBuilder()
                .applications("agent")
                .listener(event -> {
                    self[0].close();
                    closed.countDown();
                })
                .build();
        toClose.add(self[0]);
        self[0].connect();
        fake.awaitSocket("agent");

        fake.push(event("A", 1));

        assertThat(closed.await(3, TimeUnit.SECONDS))
                .as("without waiting for itself")
                .isTrue();
        fake.awaitNoSocket("agent");
    }

    @Test
    void closeDuringBackOff_isTheEnd() {
        int port = fake.port();
        fake.close();
        AriClient client = connect(fake.clientBuilder().applications("agent"));
        recorder.next(Recorder.Disconnected.class);

        client.close();
        int heard = recorder.left().size();

        try (FakeAri back = FakeAri.start(port)) {
            assertThat(back.socketsOpened()).isZero();
        }
        assertThat(recorder.left()).hasSize(heard);
    }

    @Test
    void clientWithoutApplications_cannotConnect() {
        AriClient client = fake.clientBuilder().build();
        toClose.add(client);

        assertThatIllegalStateException().isThrownBy(client::connect).withMessageContaining("applications");
    }
}
