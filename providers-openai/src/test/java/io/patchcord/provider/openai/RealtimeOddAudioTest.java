package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Audio that comes twice, in pieces of any size, or otherwise than OpenAI sends it: the caller hears what was meant. */
class RealtimeOddAudioTest extends RealtimeTrouble {

    @Test
    void messagesThatComeTwice_areHeardOnce() {
        greet();
        call.script().answers(heard -> FakeAnswer.says("none"));
        call.script().thinksFor(Duration.ofSeconds(30));
        call.speak("hours please");
        call.pass(800);
        FakeRealtimeSession service = call.service();
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        byte[] audio = Arrays.copyOf(
                new AudioConverter(AudioFormat.ULAW_8K)
                        .convert(call.script().tones().speak(8_000, "twice"))
                        .data(),
                1_600);
        ObjectNode delta = audioDelta(service, response, audio);
        ObjectNode done = service.event("response.done");
        done.putObject("response").put("id", response).put("status", "completed");
        for (ObjectNode message : new ObjectNode[] {delta, delta, done, done, delta}) {
            service.send(message);
        }
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("Hello caller twice");
        assertThat(call.events(S2sEvent.ResponseDone.class)).hasSize(2);
    }

    private static ObjectNode audioDelta(FakeRealtimeSession service, String response, byte[] audio) {
        return service.event("response.output_audio.delta")
                .put("response_id", response)
                .put("item_id", "item_x")
                .put("output_index", 0)
                .put("content_index", 0)
                .put("delta", Base64.getEncoder().encodeToString(audio));
    }

    @Test
    void audioInTinyPieces_isWhole() {
        call.script().sendsPieces(Duration.ofNanos(125_000), Duration.ZERO);
        call.script().answers(heard -> FakeAnswer.says("tiny"));
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(3_000);

        assertThat(call.heard()).isEqualTo("Hello caller tiny");
        assertThat(call.events(S2sEvent.ResponseAudio.class).get(0).audio().data())
                .hasSize(1);
    }

    @Test
    void linearAudioCutInTheMiddleOfASample_isWhole() {
        call.with("OPENAI_REALTIME_AUDIO", "pcm");
        call.script().on("response.create", (service, event) -> {
            byte[] audio = call.script().tones().speak(24_000, "odd pieces").data();
            service.sendText("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
            for (int from = 0; from < audio.length; from += 1_001) {
                service.send(audioDelta(
                        service, "r1", Arrays.copyOfRange(audio, from, Math.min(audio.length, from + 1_001))));
            }
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}}");
            return true;
        });
        call.start();
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("odd pieces");
    }

    @Test
    void tenMegabytesInOneMessage_arePlayed() {
        call.mayBeTold("item_not_found");
        greet();
        call.script().thinksFor(Duration.ofMinutes(1));
        call.speak("hours please");
        call.pass(800);
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        byte[] tenMegabytes = new byte[7_800_000];
        Arrays.fill(tenMegabytes, (byte) 0x10);
        call.service().send(audioDelta(call.service(), response, tenMegabytes));
        call.pass(500);

        assertThat(call.events(S2sEvent.ResponseAudio.class))
                .anyMatch(audio -> audio.audio().data().length == 7_800_000);
        call.speak("stop please now");
        call.pass(1_000);
        assertThat(call.sent("conversation.item.truncate")).hasSize(1);
    }

    @Test
    void audioThatIsNoBase64_isLeftOut() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        call.pass(800);
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        call.service().send(audioDelta(call.service(), response, new byte[0]).put("delta", "!!! no base 64 !!!"));
        call.pass(4_000);

        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void serverThatTellsOnlyAudioAndTheEnd_isUnderstood() {
        call.script().on("response.create", (service, event) -> {
            byte[] audio = new AudioConverter(AudioFormat.ULAW_8K)
                    .convert(call.script().tones().speak(8_000, "terse"))
                    .data();
            service.send(audioDelta(service, "r1", audio));
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\"}}");
            return true;
        });
        call.start();
        call.pass(1_500);

        assertThat(call.heard()).isEqualTo("terse");
    }

    @Test
    void betaNames_ofCompatibleServers_areUnderstood() {
        call.script().on("response.create", (service, event) -> {
            String audio = Base64.getEncoder()
                    .encodeToString(new AudioConverter(AudioFormat.ULAW_8K)
                            .convert(call.script().tones().speak(8_000, "beta"))
                            .data());
            service.sendText("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
            service.sendText("{\"type\":\"conversation.item.created\",\"item\":{\"id\":\"i1\"}}");
            service.sendText("{\"type\":\"response.audio_transcript.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\","
                    + "\"delta\":\"beta\"}");
            service.sendText("{\"type\":\"response.audio.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\",\"delta\":\""
                    + audio + "\"}");
            service.sendText("{\"type\":\"response.audio.done\",\"response_id\":\"r1\",\"item_id\":\"i1\"}");
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}}");
            return true;
        });
        call.start();
        call.pass(1_500);

        assertThat(call.heard()).isEqualTo("beta");
        assertThat(call.events(S2sEvent.ResponseText.class)).containsExactly(new S2sEvent.ResponseText("r1", "beta"));
    }
}
