package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are none, unknown, or empty: the call goes on. */
class RealtimeNonsenseTest extends RealtimeTrouble {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON at all",
                "",
                "[1,2,3]",
                "\"text\"",
                "null",
                "{}",
                "{\"type\":null}",
                "{\"type\":{\"a\":1}}",
                "{\"type\":\"response.brand_new\",\"response_id\":\"x\",\"data\":[1]}",
                "{\"type\":\"conversation.item.brand_new\"}",
                "{\"type\":\"rate_limits.updated\",\"rate_limits\":null}",
                "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":null,\"limit\":\"x\"}]}",
                "{\"type\":\"session.updated\",\"session\":null}",
                "{\"type\":\"session.created\"}",
                "{\"type\":\"input_audio_buffer.dtmf_event_received\",\"event\":\"9\",\"received_at\":1}",
                "{\"type\":\"input_audio_buffer.timeout_triggered\",\"audio_start_ms\":1,\"audio_end_ms\":2,\"item_id\":\"i\"}",
                "{\"type\":\"output_audio_buffer.started\",\"response_id\":\"r\"}",
                "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"unknown\",\"transcript\":\"\"}",
                "{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"unknown\",\"error\":null}",
                "{\"type\":\"response.mcp_call.in_progress\",\"output_index\":0,\"item_id\":\"m\"}"
            })
    void messagesThatAreNoneOrUnknown_disturbNothing(String message) {
        greet();
        call.service().sendText(message);
        call.pass(100);

        askAndExpectAnAnswer();
    }

    @Test
    void binaryMessage_disturbsNothing() {
        greet();
        call.sockets().connection().sendsBinary(new byte[] {1, 2, 3});

        askAndExpectAnAnswer();
    }

    @Test
    void unknownFieldsInEveryMessage_disturbNothing() {
        call.script().on("session.update", (service, event) -> {
            service.sendText(
                    "{\"type\":\"session.updated\",\"session\":{\"type\":\"realtime\",\"new\":{\"a\":[]}},\"x\":1}");
            return true;
        });
        call.start();
        call.pass(500);

        assertThat(call.events()).startsWith(new S2sEvent.Ready());
    }

    @Test
    void everyKindOfEvent_isTaken_alsoWithNothingInIt() throws ReflectiveOperationException {
        greet();
        Lifeline.Owner session = (Lifeline.Owner) call.session();
        for (Class<?> type : ServerEvent.class.getPermittedSubclasses()) {
            boolean ofTheLink = type == ServerEvent.SessionCreated.class
                    || type == ServerEvent.SessionUpdated.class
                    || type == ServerEvent.Other.class;
            if (type.isRecord() && ServerEvent.class.isAssignableFrom(type) && !ofTheLink) {
                session.hear(empty(type));
            }
        }
        call.pass(2_000);

        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    private static ServerEvent empty(Class<?> type) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(types).map(RealtimeNonsenseTest::emptyValue).toArray();
        return (ServerEvent) type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object emptyValue(Class<?> type) {
        if (type == long.class) {
            return 0L;
        }
        if (type == String.class) {
            return "";
        }
        if (type == List.class) {
            return List.of();
        }
        return type == ServerError.class
                ? ServerError.NONE
                : type == ServerEvent.Usage.class
                        ? ServerEvent.Usage.NONE
                        : new ServerEvent.OutputItem("", "", "", "", "", "");
    }
}
