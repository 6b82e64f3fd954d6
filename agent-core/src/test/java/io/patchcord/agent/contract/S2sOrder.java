package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order that the events of every session keep. */
public final class S2sOrder {

    private S2sOrder() {}

    /**
     * Ready first and once; text and audio only between the start and the end of their response; no start and no end
     * twice; after Failed only Closed; after Closed nothing.
     */
    public static void check(List<S2sEvent> events) {
        Set<String> started = new HashSet<>();
        Set<String> done = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            S2sEvent event = events.get(i);
            if (event instanceof S2sEvent.Ready) {
                assertThat(i).as("index of Ready in %s", events).isZero();
            } else if (event instanceof S2sEvent.ResponseStarted response) {
                assertThat(started.add(response.responseId()))
                        .as("%s is new", response)
                        .isTrue();
            } else if (event instanceof S2sEvent.ResponseText text) {
                assertOpen(text.responseId(), event, started, done);
            } else if (event instanceof S2sEvent.ResponseAudio audio) {
                assertOpen(audio.responseId(), event, started, done);
            } else if (event instanceof S2sEvent.ResponseDone response) {
                assertOpen(response.responseId(), event, started, done);
                done.add(response.responseId());
            } else if (event instanceof S2sEvent.Failed) {
                assertThat(events.subList(i + 1, events.size()))
                        .as("after Failed")
                        .allMatch(S2sEvent.Closed.class::isInstance);
            } else if (event instanceof S2sEvent.Closed) {
                assertThat(events).as("nothing after Closed").hasSize(i + 1);
            }
        }
    }

    private static void assertOpen(String responseId, S2sEvent event, Set<String> started, Set<String> done) {
        assertThat(started)
                .as("%s belongs to a response that was started", event)
                .contains(responseId);
        assertThat(done).as("%s belongs to a response that is not done", event).doesNotContain(responseId);
    }
}
