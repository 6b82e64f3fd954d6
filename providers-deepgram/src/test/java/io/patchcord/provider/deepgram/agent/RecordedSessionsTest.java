package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.deepgram.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real service has sent, replayed: nothing of it may disturb, and everything that was said is told once. */
class RecordedSessionsTest {

    private static final String SESSIONS = "deepgram-agent.recorded-sessions.jsonl";
    private static final String ERRORS = "deepgram-agent.recorded-errors.jsonl";
    private static final String EXAMPLES = "deepgram.doc-examples.jsonl";

    @TestFactory
    Stream<DynamicTest> everyWordIsToldOnce_andEveryResponseIsDone() {
        return Specs.recordedSessions(SESSIONS).entrySet().stream()
                .map(session -> DynamicTest.dynamicTest(session.getKey(), () -> replay(session.getValue())));
    }

    private static void replay(List<String> messages) {
        Replay replay = new Replay();
        replay.play(messages);

        assertThat(replay.callerWords()).isEqualTo(words(messages, "user"));
        assertThat(replay.agentWords()).isEqualTo(String.join(" ", words(messages, "assistant")));
        assertThat(replay.tools()).isEqualTo(tools(messages));
        long started = replay.count(S2sEvent.ResponseStarted.class);
        long done = replay.count(S2sEvent.ResponseDone.class);
        // The last recording breaks off in the middle of a reply.
        assertThat(started - done).isBetween(0L, 1L);
        assertThat(replay.count(S2sEvent.TurnEnded.class))
                .isEqualTo(replay.callerWords().size());
        assertThat(replay.count(S2sEvent.Failed.class)).isZero();
        assertThat(replay.endedByUs()).isFalse();
        replay.orderOfEventsWasKept_andNothingIsLeft();
    }

    @TestFactory
    Stream<DynamicTest> errors_haveNoCode_andFailWithTheServicesWords() {
        return Specs.recordedSessions(ERRORS).entrySet().stream()
                .map(session -> DynamicTest.dynamicTest(session.getKey(), () -> {
                    Replay replay = new Replay();
                    replay.play(session.getValue());
                    assertThat(replay.failure().error())
                            .hasMessageMatching("Deepgram reports an error: (Error parsing|Failed to resolve).*");
                    replay.orderOfEventsWasKept_andNothingIsLeft();
                }));
    }

    @Test
    void examplesOfTheDocumentation_doNotDisturb() {
        Replay replay = new Replay();
        List<String> examples = new ArrayList<>();
        Specs.recordedSessions(EXAMPLES).values().forEach(examples::addAll);
        examples.removeIf(message -> message.contains("\"Error\""));
        replay.play(List.of("{\"type\":\"Welcome\"}", "{\"type\":\"SettingsApplied\"}"));
        replay.play(examples);
        replay.play(List.of("{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"Still there?\"}"));

        assertThat(replay.callerWords()).endsWith("Still there?");
        assertThat(replay.tools()).containsExactly("get_weather {location=Fremont, CA 94539}");
    }

    private static List<String> words(List<String> messages, String role) {
        return messages.stream()
                .map(ScriptedService::parse)
                .filter(message -> message.path("type").asText().equals("ConversationText"))
                .filter(message -> message.path("role").asText().equals(role))
                .map(message -> message.path("content").asText())
                .toList();
    }

    private static List<String> tools(List<String> messages) {
        List<String> tools = new ArrayList<>();
        messages.stream().map(ScriptedService::parse).forEach(message -> {
            if (message.path("type").asText().equals("FunctionCallRequest")) {
                message.path("functions")
                        .forEach(function -> tools.add(function.path("name").asText() + " "
                                + Json.map(ScriptedService.parse(
                                        function.path("arguments").asText()))));
            }
        });
        return tools;
    }

    /** A session that hears a recording. */
    private static final class Replay extends AgentTest {

        Replay() {
            open("");
            service.line().open();
        }

        void play(List<String> messages) {
            messages.forEach(service.line()::saysAsItIs);
        }

        boolean endedByUs() {
            return !service.line().end().isEmpty();
        }

        List<String> callerWords() {
            return of(S2sEvent.InputTranscript.class)
                    .map(S2sEvent.InputTranscript::text)
                    .toList();
        }

        String agentWords() {
            StringBuilder words = new StringBuilder();
            String last = "";
            for (S2sEvent.ResponseText text : of(S2sEvent.ResponseText.class).toList()) {
                words.append(words.isEmpty() || text.responseId().equals(last) ? "" : " ");
                words.append(text.text());
                last = text.responseId();
            }
            return words.toString();
        }

        List<String> tools() {
            return of(S2sEvent.ToolCall.class)
                    .map(call -> call.name() + " " + call.arguments())
                    .toList();
        }

        long count(Class<? extends S2sEvent> type) {
            return of(type).count();
        }

        private <E extends S2sEvent> Stream<E> of(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast);
        }
    }
}
