package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallEvent;
import io.patchcord.ari.testing.FakePbx;
import io.patchcord.ari.testing.FakeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some callers, an Asterisk that refuses, breaks off and is lost, and all of it in any order: each call ends once, its last
 * event is its end, a caller is with the agent or has been sent on, and when the callers are gone nothing is left of them.
 */
class AgentTurmoilTest {

    private static final int SEEDS = 25;
    private static final int STEPS = 60;
    private static final String APP = "local-ai";
    private static final String[] REQUESTS = {
        "/channels/.*/answer",
        "/bridges/[^/]*",
        "/channels/externalMedia",
        "/bridges/.*/addChannel",
        "/channels/.*/continue"
    };

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anythingInAnyOrder(long seed) {
        try (Turmoil turmoil = new Turmoil(new Random(seed))) {
            turmoil.run();
        }
    }

    private static final class Turmoil implements AutoCloseable {

        private final Random random;
        private final FakeAsterisk asterisk = new FakeAsterisk();
        private final FakePbx pbx = asterisk.ari.pbx();
        private final ToneEngine engine = new ToneEngine();
        private final Map<String, List<CallEvent>> events = new ConcurrentHashMap<>();
        private final List<String> callers = new ArrayList<>();
        private final List<FakeAsterisk.Leg> legs = new ArrayList<>();
        private final Set<String> connected = new HashSet<>();
        private final AsteriskAgent agent;
        private int serial;

        /** Something of ours stays in Asterisk until the next connection to ARI. */
        private boolean mayStay;

        Turmoil(Random random) {
            this.random = random;
            this.agent = AsteriskAgent.builder()
                    .audioSocket("127.0.0.1", 0)
                    .ari(new AriSettings(asterisk.ari.uri(), "agent", "agent", List.of(APP), Optional.empty()))
                    .engine("local", engine)
                    .maxCalls(4)
                    .shutdownGrace(Duration.ZERO)
                    .listener(this::heard)
                    .build();
        }

        private void heard(CallContext call, CallEvent event) {
            events.computeIfAbsent(call.callId(), id -> new CopyOnWriteArrayList<>())
                    .add(event);
        }

        void run() {
            agent.start();
            asterisk.ari.awaitSocket(APP);
            for (int i = 0; i < STEPS; i++) {
                step();
                connectMedia();
                LockSupport.parkNanos(random.nextInt(8_000_000));
            }
            asterisk.ari.behave();
            if (random.nextBoolean()) {
                agent.close();
                if (!mayStay) {
                    assertThat(pbx.channelIds()).as("channels").noneMatch(id -> id.startsWith("pc-"));
                    assertThat(pbx.bridgeIds()).as("bridges").isEmpty();
                }
            } else {
                asterisk.ari.dropSockets();
                await("all callers to be served or sent on").untilAsserted(this::nobodyWaits);
                callers.forEach(this::hangUp);
                legs.forEach(FakeAsterisk.Leg::hangUpIfOpen);
                await("the end of all calls").untilAsserted(this::nothingIsLeft);
            }
        }

        private void nobodyWaits() {
            connectMedia();
            assertThat(pbx.channelIdsIn(APP))
                    .allMatch(id -> pbx.bridgeIds().stream()
                            .map(pbx::members)
                            .anyMatch(members -> members.contains(id) && members.size() == 2));
        }

        private void nothingIsLeft() {
            connectMedia();
            assertThat(pbx.bridgeIds()).as("bridges").isEmpty();
            assertThat(pbx.channelIds()).as("channels").noneMatch(id -> id.startsWith("pc-"));
            assertThat(agent.status().activeCalls()).as("calls").isZero();
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> callerComes();
                case 4, 5 -> any(callers).ifPresent(this::hangUp);
                case 6, 7 -> any(legs).ifPresent(leg -> leg.pressIfOpen("123".charAt(random.nextInt(3))));
                case 8 -> any(legs).ifPresent(FakeAsterisk.Leg::hangUpIfOpen);
                case 9, 10 ->
                    asterisk.ari.failNext("POST", any(List.of(REQUESTS)).orElseThrow(), refusal(), "Channel not found");
                case 11 -> {
                    mayStay = true;
                    asterisk.ari.failNext(
                            "DELETE",
                            random.nextBoolean() ? "/bridges/.*" : "/channels/.*",
                            refusal(),
                            "Channel not found");
                }
                case 12 -> asterisk.ari.breakNext("POST", any(List.of(REQUESTS)).orElseThrow());
                case 13 -> strangerConnects();
                case 14 -> any(callers).ifPresent(caller -> pbx.comesBack(caller, APP));
                default -> {
                    if (random.nextInt(6) == 0) {
                        mayStay = true;
                        asterisk.ari.dropSockets();
                    }
                }
            }
        }

        private int refusal() {
            return new int[] {400, 401, 404, 409, 422, 500, 503}[random.nextInt(7)];
        }

        private void callerComes() {
            String id = "1764000000." + ++serial;
            callers.add(id);
            pbx.incoming(id, random.nextBoolean() ? "Up" : "Ring", "100", "1003", APP);
        }

        private void hangUp(String caller) {
            if (pbx.channelIds().contains(caller)) {
                pbx.hangUp(caller);
            }
        }

        /** A call of the dialplan, or a connection of ours that comes twice or too late. */
        private void strangerConnects() {
            UUID id = connected.isEmpty() || random.nextBoolean()
                    ? new UUID(1, ++serial)
                    : UUID.fromString(connected.iterator().next());
            connect(id);
        }

        private void connectMedia() {
            for (FakeRequest request : asterisk.ari.requests("POST", "/channels/externalMedia")) {
                if (random.nextInt(3) > 0 && connected.add(request.parameter("data"))) {
                    connect(UUID.fromString(request.parameter("data")));
                }
            }
        }

        private void connect(UUID id) {
            legs.add(asterisk.connect(id, new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port())));
        }

        private <T> Optional<T> any(List<T> of) {
            return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random.nextInt(of.size())));
        }

        @Override
        public void close() {
            agent.close();
            asterisk.close();
            assertThat(engine.open).as("sessions of the provider left open").hasValue(0);
            assertThat(events.values()).allSatisfy(call -> {
                assertThat(call).filteredOn(CallEvent.Ended.class::isInstance).hasSize(1);
                assertThat(call).last().isInstanceOf(CallEvent.Ended.class);
            });
        }
    }
}
