package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.contract.KeptLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that repeats the key in what it tells of a transcription: it is in no line of the log. */
class RealtimeSttSecretsTest extends RealtimeEars {

    private static final String ECHO = "You sent " + RealtimeCall.KEY + ".";

    private final KeptLog log = KeptLog.start();

    @AfterEach
    void noKeyWasWrittenAnywhere() {
        log.close();
        log.assertWithout(RealtimeCall.KEY);
        assertThat(events.toString()).doesNotContain(RealtimeCall.KEY);
    }

    @Test
    void errorThatTheSessionSurvives() {
        open();
        sockets.session().sendError("", ECHO, "", Json.object());
        pass(100);

        assertThat(log.warnings()).contains("OpenAI reports: You sent (key).");
    }

    @Test
    void transcriptThatFails() {
        open();
        ObjectNode event = sockets.session().event("conversation.item.input_audio_transcription.failed");
        event.put("item_id", "item_x").putObject("error").put("message", ECHO);
        sockets.session().send(event);
        pass(100);

        assertThat(log.warnings()).contains("OpenAI has no transcript: You sent (key).");
    }

    @Test
    void sessionThatIsClosed() {
        open();
        sockets.session().close(1011, ECHO);
        pass(3_000);

        assertThat(log.warnings()).anyMatch(line -> line.contains("1011: You sent (key)."));
    }
}
