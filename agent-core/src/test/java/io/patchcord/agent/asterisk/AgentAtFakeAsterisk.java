package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.ari.testing.FakePbx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An agent at a {@link FakeAsterisk}, and what a test wants to know of its calls. */
abstract class AgentAtFakeAsterisk {

    static final String APP = "local-ai";
    static final String CALLER = "1764000000.1";

    final FakeAsterisk asterisk = new FakeAsterisk();
    final FakePbx pbx = asterisk.ari.pbx();
    final ToneEngine engine = new ToneEngine();
    final List<CallEvent> events = new CopyOnWriteArrayList<>();
    final List<CallContext> contexts = new CopyOnWriteArrayList<>();
    AsteriskAgent agent;

    @BeforeEach
    void start() {
        agent = settings(APP).build();
    }

    @AfterEach
    void stop() {
        agent.close();
        asterisk.close();
        assertThat(engine.open).as("sessions of the provider left open").hasValue(0);
    }

    AsteriskAgent.Builder settings(String... applications) {
        return AsteriskAgent.builder()
                .audioSocket("127.0.0.1", 0)
                .ari(new AriSettings(asterisk.ari.uri(), "agent", "agent", List.of(applications), Optional.empty()))
                .engine("local", engine)
                .transferContext("people")
                .shutdownGrace(Duration.ZERO)
                .listener((call, event) -> {
                    events.add(event);
                    contexts.add(call);
                });
    }

    void connected() {
        agent.start();
        asterisk.ari.awaitSocket(APP);
        await().until(() -> agent.status().ari() == AgentStatus.AriState.CONNECTED);
        asterisk.ari.awaitRequest("GET", "/bridges");
    }

    void nothingLeft() {
        await("channels and bridges of ours to go").untilAsserted(() -> {
            assertThat(pbx.bridgeIds()).isEmpty();
            assertThat(pbx.channelIds()).allMatch(id -> id.equals(CALLER));
            assertThat(agent.status().activeCalls()).isZero();
        });
    }

    void continued() {
        assertThat(asterisk.ari
                        .awaitRequest("POST", "/channels/" + CALLER + "/continue")
                        .parameters())
                .doesNotContainKey("extension");
    }

    EndReason endReason() {
        await("the call's last event").until(() -> events.stream().anyMatch(CallEvent.Ended.class::isInstance));
        return events.stream()
                .filter(CallEvent.Ended.class::isInstance)
                .map(event -> ((CallEvent.Ended) event).reason())
                .findFirst()
                .orElseThrow();
    }
}
