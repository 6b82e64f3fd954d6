package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we send is as Deepgram has published it, to the last field, and what others have recorded of Deepgram is understood. */
class PublishedFormatsTest {

    @BeforeEach
    void formatsAreThere() {
        assumeTrue(Published.isThere(), "skipped: there is no shared/specs beside the repository");
    }

    @Test
    void listenV1_inEverySetting() {
        try (Ears ears = new Ears(
                "nova-3",
                "DEEPGRAM_STT_KEYTERMS=one,two",
                "DEEPGRAM_STT_SMART_FORMAT=true",
                "DEEPGRAM_MIP_OPT_OUT=true")) {
            FakeConnection connection = ears.connected();
            ears.loop.advance(Duration.ofSeconds(5));
            ears.session.finish();
            ears.session.close();
            connection.awaitEnd();

            assertThat(connection.texts()).hasSize(3);
            Published.check("deepgram-listen-v1", connection);
        }
    }

    @Test
    void listenV2_inEverySetting() {
        try (Ears ears = new Ears("flux-general-multi", "DEEPGRAM_STT_KEYTERMS=one,two", "DEEPGRAM_MIP_OPT_OUT=true")) {
            FakeConnection connection = ears.connected();
            connection.sendText(ListenMessages.turnInfo(0, 0, "StartOfTurn", "Hello"));
            ears.until(() -> !ears.events.isEmpty());
            ears.session.finish();
            ears.session.close();
            connection.awaitEnd();

            assertThat(connection.texts()).hasSize(2);
            Published.check("deepgram-listen-v2", connection);
        }
    }

    @Test
    void speakV1_inEverySetting() {
        try (Mouth mouth = new Mouth("DEEPGRAM_MIP_OPT_OUT=true")) {
            mouth.session.speak("c1", "Hello.");
            FakeConnection connection = mouth.said(0, "Flush");
            mouth.session.cancel();
            mouth.session.close();
            connection.awaitEnd();

            assertThat(connection.texts()).hasSize(4);
            Published.check("deepgram-speak-v1", connection);
        }
    }

    @Test
    void fieldThatIsNotPublished_isNoticed() {
        assertThat(Published.errors(
                        "deepgram-listen-v1", "client", Published.json("{\"type\":\"Finalize\",\"now\":true}")))
                .isNotEmpty();
        assertThat(Published.errors(
                        "deepgram-listen-v2", "query", Published.json("{\"model\":\"x\",\"endpointing\":\"300\"}")))
                .isNotEmpty();
        assertThat(Published.errors(
                        "deepgram-speak-v1", "client", Published.json("{\"type\":\"Speak\",\"txt\":\"x\"}")))
                .isNotEmpty();
    }

    @Test
    void recordedResults_areUnderstood() {
        List<JsonNode> samples = Published.samples("deepgram-listen-v1.recorded.jsonl", "deepgram-listen-v1", "server");
        assertThat(samples).isNotEmpty();
        for (JsonNode sample : samples) {
            List<SttEvent> events = new ArrayList<>();
            new NovaTurns(true, events::add, message -> {}).read(sample);
            String words = sample.at("/channel/alternatives/0/transcript").asText();
            if (words.isEmpty()) {
                assertThat(events).isEmpty();
            } else {
                assertThat(events).endsWith(new EndOfTurn(words));
            }
        }
    }

    @Test
    void documentedMessages_areUnderstoodOrPassedOver() {
        for (JsonNode sample : Published.samples("deepgram.doc-examples.jsonl", "deepgram-listen-v1", "server")) {
            List<SttEvent> events = new ArrayList<>();
            NovaTurns turns = new NovaTurns(true, events::add, message -> {});
            turns.read(sample);
            assertThat(events).isEmpty();
            turns.read(Published.json(ListenMessages.isFinal(0, 2.395, "Hello.")));
            turns.read(sample);
            boolean ends = sample.path("type").asText().equals("UtteranceEnd");
            assertThat(events).hasSize(ends ? 3 : 2);
        }
    }

    @Test
    void documentedAnswersOfTheVoice_areUnderstood() {
        for (JsonNode sample : Published.samples("deepgram.doc-examples.jsonl", "deepgram-speak-v1", "server")) {
            try (Mouth mouth = new Mouth()) {
                mouth.session.speak("c1", "Hello.");
                FakeConnection connection = mouth.said(0, "Flush");
                if (sample.path("type").asText().equals("Cleared")) {
                    mouth.session.cancel();
                    mouth.session.speak("c1", "Hello.");
                }
                connection.sendText(sample.toString());
                connection.sendText(FakeSpeak.flushed(1));
                mouth.expect("c1 done");
            }
        }
    }
}
