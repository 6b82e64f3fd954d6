package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestBuildersTest {

    @Test
    void originate_needsExactlyOneDestination() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginateRequest.to("PJSIP/100").build())
                .withMessageContaining("exactly one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginateRequest.to("PJSIP/100")
                        .application("agent")
                        .dialplan("c", "s", 1)
                        .build());
        assertThatIllegalArgumentException().isThrownBy(() -> OriginateRequest.to(" "));
    }

    @Test
    void originatorAndFormats_excludeEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginateRequest.to("PJSIP/100")
                        .application("agent")
                        .originator("1.1")
                        .formats(List.of("ulaw"))
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreateChannelRequest.to("PJSIP/100", "agent")
                        .originator("1.1")
                        .formats(List.of("ulaw"))
                        .build());
    }

    @Test
    void externalMedia_takesOnlyPairsThatAsteriskTakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalMediaRequest.builder("agent", "slin")
                        .externalHost("h:1")
                        .encapsulation("audiosocket")
                        .data(UUID.randomUUID().toString())
                        .build())
                .withMessageContaining("tcp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalMediaRequest.builder("agent", "slin")
                        .externalHost("h:1")
                        .encapsulation("audiosocket")
                        .transport("tcp")
                        .build())
                .withMessageContaining("UUID");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalMediaRequest.builder("agent", "slin")
                        .externalHost("h:1")
                        .transport("websocket")
                        .build())
                .withMessageContaining("none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalMediaRequest.builder("agent", "slin")
                        .externalHost("h:1")
                        .connectionType("server")
                        .build())
                .withMessageContaining("websocket");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalMediaRequest.builder("agent", "ulaw").build())
                .withMessageContaining("host:port");
        assertThat(ExternalMediaRequest.builder("agent", "slin")
                        .encapsulation("none")
                        .transport("websocket")
                        .connectionType("server")
                        .build()
                        .parameters())
                .doesNotContainKey("external_host");
        assertThat(ExternalMediaRequest.webSocketClient("agent", "agent_media", "ulaw")
                        .build()
                        .parameters())
                .contains(entry("external_host", "agent_media"));
    }

    @Test
    void channelId_hasTheLengthThatAsteriskTakes() {
        ExternalMediaRequest.Builder builder = ExternalMediaRequest.rtp("agent", "h:1", "ulaw");

        assertThat(builder.channelId("x".repeat(149)).build().parameters()).containsKey("channelId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.channelId("x".repeat(150)))
                .withMessageContaining("149");
    }

    @Test
    void emptyTexts_countAsNotGiven() {
        assertThat(PlayRequest.builder("sound:x")
                        .playbackId("")
                        .language("")
                        .build()
                        .parameters())
                .containsOnlyKeys("media");
    }

    @Test
    void durations_areRoundedUpToWhatAsteriskCounts_andNeverNegative() {
        assertThat(RecordRequest.builder("r", "wav")
                        .maxDuration(Duration.ofMillis(1001))
                        .build()
                        .parameters())
                .contains(entry("maxDurationSeconds", 2L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordRequest.builder("r", "wav").maxSilence(Duration.ofSeconds(-1)))
                .withMessageContaining("negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DtmfRequest.builder("1").between(Duration.ofSeconds(-1)));
    }

    @Test
    void nothingToDo_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PlayRequest.of());
        assertThatIllegalArgumentException().isThrownBy(() -> PlayRequest.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> AddChannelsRequest.of());
        assertThatIllegalArgumentException().isThrownBy(() -> AddChannelsRequest.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> DtmfRequest.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> DialplanTarget.extension(""));
        assertThatIllegalArgumentException().isThrownBy(() -> SnoopRequest.builder(""));
    }

    @Test
    void requests_areValues_thatNobodyCanChange() {
        Map<String, Object> mine = new HashMap<>(Map.of("media", List.of("sound:x")));
        PlayRequest request = new PlayRequest(mine);

        mine.put("lang", "de");

        assertThat(request).isEqualTo(PlayRequest.of("sound:x")).hasSameHashCodeAs(PlayRequest.of("sound:x"));
        assertThat(request.parameters()).isUnmodifiable();
    }
}
