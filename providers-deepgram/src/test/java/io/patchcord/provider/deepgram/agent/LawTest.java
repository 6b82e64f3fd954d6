package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sEvent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call in G.711 is heard and spoken to in its own bytes: nothing is transcoded, in neither direction. */
class LawTest extends AgentTest {

    @ParameterizedTest
    @CsvSource({"ULAW, mulaw, auto", "ALAW, alaw, auto", "ULAW, mulaw, mulaw", "ALAW, alaw, alaw"})
    void bytesOfTheCall_areThoseOfTheWire_bothWays(AudioFormat.Encoding law, String name, String setting) {
        AudioFormat format = new AudioFormat(law, 8_000);
        set("DEEPGRAM_AGENT_ENCODING", setting);
        set(format);
        ScriptedService.Line line = inConversation();
        session.sendAudio(AudioFrame.of(format, everyByte()));
        line.speaks(everyByte());

        assertThat(line.settings().path("audio"))
                .hasToString("{\"input\":{\"encoding\":\"" + name + "\",\"sample_rate\":8000},"
                        + "\"output\":{\"encoding\":\"" + name + "\",\"sample_rate\":8000,\"container\":\"none\"}}");
        assertThat(line.audio()).containsExactly(everyByte());
        assertThat(spoken()).singleElement().satisfies(frame -> {
            assertThat(frame.format()).isEqualTo(format);
            assertThat(frame.data()).isEqualTo(everyByte());
        });
    }

    @Test
    void callInALaw_isTranscoded_whereTheOtherLawIsAskedFor() {
        set("DEEPGRAM_AGENT_ENCODING", "mulaw");
        set(AudioFormat.ALAW_8K);
        ScriptedService.Line line = inConversation();
        byte[] silence = new byte[160];
        Arrays.fill(silence, (byte) 0xD5);
        session.sendAudio(AudioFrame.of(AudioFormat.ALAW_8K, silence));
        line.speaks(everyByte());

        assertThat(line.settings().at("/audio/input/encoding").asText()).isEqualTo("mulaw");
        assertThat(line.settings().at("/audio/output/encoding").asText()).isEqualTo("mulaw");
        // The middle of A-law is its smallest step, and so the one beside the middle of the other.
        assertThat(line.audio())
                .singleElement()
                .satisfies(frame -> assertThat(frame).hasSize(160).containsOnly(0xFE));
        assertThat(spoken())
                .singleElement()
                .satisfies(frame -> assertThat(frame.format()).isEqualTo(AudioFormat.ULAW_8K));
    }

    @Test
    void agentsAudio_comesInTheLawOfTheWire_withoutACopy() {
        ScriptedService.Line line = inConversation();
        byte[] bytes = {1, 2, 3};
        line.speaks(bytes);

        assertThat(events)
                .filteredOn(S2sEvent.ResponseAudio.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    S2sEvent.ResponseAudio audio = (S2sEvent.ResponseAudio) event;
                    assertThat(audio.audio().format()).isEqualTo(AudioFormat.ULAW_8K);
                    assertThat(audio.audio().data()).isSameAs(bytes);
                });
    }

    @Test
    void alaw_whereItIsAskedFor() {
        set("DEEPGRAM_AGENT_ENCODING", "alaw");
        ScriptedService.Line line = inConversation();
        session.sendAudio(frame(false));
        line.speaks(new byte[] {1});

        assertThat(line.settings().at("/audio/input/encoding").asText()).isEqualTo("alaw");
        assertThat(line.settings().at("/audio/output/encoding").asText()).isEqualTo("alaw");
        assertThat(line.audio().get(0)).containsOnly((byte) 0xD5);
        assertThat(((S2sEvent.ResponseAudio) events.get(events.size() - 1))
                        .audio()
                        .format())
                .isEqualTo(AudioFormat.ALAW_8K);
    }

    @Test
    void lawOfTheCall_unlessAnotherIsAskedFor() {
        AgentConfig usual = config();
        set("DEEPGRAM_AGENT_ENCODING", "mulaw");

        assertThat(usual.lawFor(AudioFormat.ALAW_8K)).isEqualTo(AudioFormat.ALAW_8K);
        assertThat(usual.lawFor(AudioFormat.ULAW_8K)).isEqualTo(AudioFormat.ULAW_8K);
        assertThat(usual.lawFor(AudioFormat.SLIN_8K)).isEqualTo(AudioFormat.ULAW_8K);
        assertThat(config().lawFor(AudioFormat.ALAW_8K)).isEqualTo(AudioFormat.ULAW_8K);
    }

    private List<AudioFrame> spoken() {
        return events.stream()
                .filter(S2sEvent.ResponseAudio.class::isInstance)
                .map(event -> ((S2sEvent.ResponseAudio) event).audio())
                .toList();
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
