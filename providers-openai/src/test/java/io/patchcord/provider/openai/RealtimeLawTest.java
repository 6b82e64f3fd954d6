package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call in G.711 goes through a conversation byte by byte: nothing is decoded on the way. */
class RealtimeLawTest {

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    @ParameterizedTest
    @CsvSource({"ALAW, audio/pcma", "ULAW, audio/pcmu"})
    void caller_isHeardByteByByte(Encoding law, String type) {
        AudioFormat format = start(law);
        LawBytes wire = LawBytes.sentTo(call.script());
        AudioFrame audio = LawBytes.everyCode(format);
        for (AudioFrame frame : Pieces.of(audio, RealtimeCall.PTIME)) {
            call.port().callerSends(frame);
            call.loop().advance(RealtimeCall.PTIME);
        }
        call.hold(500);

        assertThat(call.service().config().at("/audio/input/format/type").asText())
                .isEqualTo(type);
        assertThat(wire.text()).contains(LawBytes.text(audio.data()));
    }

    @ParameterizedTest
    @CsvSource({"ALAW, audio/pcma", "ULAW, audio/pcmu"})
    void agent_isHeardByteByByte(Encoding law, String type) {
        AudioFormat format = start(law);
        AudioFrame audio = LawBytes.everyCode(format);
        FakeRealtimeSession service = call.service();
        service.sendText("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
        ObjectNode delta = service.event("response.output_audio.delta");
        service.send(delta.put("response_id", "r1")
                .put("item_id", "i1")
                .put("delta", Base64.getEncoder().encodeToString(audio.data())));
        service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}}");
        call.pass(1_000);

        assertThat(service.config().at("/audio/output/format/type").asText()).isEqualTo(type);
        byte[] heard = Pieces.join(format, call.port().sent()).data();
        assertThat(LawBytes.text(heard)).contains(LawBytes.text(audio.data()));
    }

    private AudioFormat start(Encoding law) {
        AudioFormat format = new AudioFormat(law, 8_000);
        call.format(format).start();
        call.pass(1_500);
        return format;
    }
}
