package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

    private static final String CHANNEL = "{\"id\":\"1.1\",\"name\":\"PJSIP/100-1\",\"state\":\"Ring\"}";
    private static final String OTHER = "{\"id\":\"2.2\",\"state\":\"Up\"}";
    private static final String BRIDGE = "{\"id\":\"b\",\"channels\":[\"1.1\"]}";

    private static AriEvent decode(String type, String fields) {
        String text = "{\"type\":\"" + type + "\",\"application\":\"agent\",\"asterisk_id\":\"02:fc\","
                + "\"timestamp\":\"2026-11-22T10:09:09.505+0000\"" + (fields.isEmpty() ? "" : "," + fields)
                + ",\"a_field_of_the_future\":{\"x\":[1]}}";
        return EventDecoder.decode(text).orElseThrow();
    }

    private static <E extends AriEvent> E decode(Class<E> type, String fields) {
        AriEvent event = decode(type.getSimpleName(), fields);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    @Test
    void origin_isInEveryEvent() {
        AriEvent event = decode("StasisEnd", "\"channel\":" + CHANNEL);

        assertThat(event.application()).isEqualTo("agent");
        assertThat(event.origin().asteriskId()).isEqualTo("02:fc");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-22T10:09:09.505Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.678+0000, 2026-01-02T03:04:05.678Z",
        "2026-01-02T03:04:05.678+0130, 2026-01-02T01:34:05.678Z",
        "2026-01-02T03:04:05.678-0800, 2026-01-02T11:04:05.678Z",
        "2026-01-02T03:04:05.678+01:30, 2026-01-02T01:34:05.678Z",
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05+02, 2026-01-02T01:04:05Z",
        "yesterday, 1970-01-01T00:00:00Z",
        "2026-01-02T03:04:05, 1970-01-01T00:00:00Z",
        "'', 1970-01-01T00:00:00Z",
    })
    void timestamps_areReadInEveryForm_andNeverFail(String text, Instant expected) {
        AriEvent event = EventDecoder.decode("{\"type\":\"ApplicationReplaced\",\"timestamp\":\"" + text + "\"}")
                .orElseThrow();

        assertThat(event.timestamp()).isEqualTo(expected);
    }

    @Test
    void stasisStart_hasChannelAndArguments() {
        AriEvent.StasisStart event = decode(
                AriEvent.StasisStart.class,
                "\"args\":[\"deepgram\",\"\"],\"replace_channel\":" + OTHER
                        + ",\"channel\":{\"id\":\"1.1\",\"name\":\"PJSIP/100-1\",\"state\":\"Dialing Offhook\","
                        + "\"protocol_id\":\"p\",\"caller\":{\"name\":\"Jane\",\"number\":\"5551234\"},"
                        + "\"connected\":{\"name\":\"\",\"number\":\"1\"},\"accountcode\":\"acc\","
                        + "\"dialplan\":{\"context\":\"from-internal\",\"exten\":\"2021\",\"priority\":2,"
                        + "\"app_name\":\"Stasis\",\"app_data\":\"agent,deepgram\"},"
                        + "\"creationtime\":\"2026-11-22T10:09:09.502+0000\",\"language\":\"en\","
                        + "\"channelvars\":{\"A\":\"1\",\"B\":{\"value\":\"2\"}}}");

        assertThat(event.args()).containsExactly("deepgram", "");
        assertThat(event.replaced()).map(Channel::id).contains("2.2");
        assertThat(event.channel())
                .isEqualTo(new Channel(
                        "1.1",
                        "PJSIP/100-1",
                        ChannelState.DIALING_OFFHOOK,
                        "p",
                        new Party("Jane", "5551234"),
                        new Party("", "1"),
                        "acc",
                        new DialplanPosition("from-internal", "2021", 2, "Stasis", "agent,deepgram"),
                        Instant.parse("2026-11-22T10:09:09.502Z"),
                        "en",
                        java.util.Map.of("A", "1", "B", "{\"value\":\"2\"}")));
        assertThat(event.channel().inStasis()).isTrue();
    }

    @Test
    void sparseChannel_hasNeutralValues() {
        Channel channel = decode(
                        AriEvent.StasisEnd.class, "\"channel\":{\"id\":\"1.1\",\"state\":\"Floating\",\"caller\":null}")
                .channel();

        assertThat(channel.state()).isEqualTo(ChannelState.UNKNOWN);
        assertThat(channel.caller()).isEqualTo(new Party("", ""));
        assertThat(channel.dialplan().appName()).isEmpty();
        assertThat(channel.variables()).isEmpty();
        assertThat(channel.inStasis()).isFalse();
    }

    @Test
    void hangupEvents_haveTheirCauses() {
        AriEvent.ChannelHangupRequest request =
                decode(AriEvent.ChannelHangupRequest.class, "\"channel\":" + CHANNEL + ",\"cause\":32,\"soft\":true");
        assertThat(request.cause()).isEqualTo(32);
        assertThat(request.soft()).isTrue();
        AriEvent.ChannelHangupRequest bare = decode(AriEvent.ChannelHangupRequest.class, "\"channel\":" + CHANNEL);
        assertThat(bare.cause()).isZero();
        assertThat(bare.soft()).isFalse();
        AriEvent.ChannelDestroyed destroyed = decode(
                AriEvent.ChannelDestroyed.class,
                "\"channel\":" + CHANNEL + ",\"cause\":16,\"cause_txt\":\"Normal Clearing\"");
        assertThat(destroyed.cause()).isEqualTo(16);
        assertThat(destroyed.causeText()).isEqualTo("Normal Clearing");
    }

    @Test
    void callEvents_haveTheirFields() {
        AriEvent.ChannelDtmfReceived digit = decode(
                AriEvent.ChannelDtmfReceived.class, "\"channel\":" + CHANNEL + ",\"digit\":\"#\",\"duration_ms\":120");
        assertThat(digit.digit()).isEqualTo("#");
        assertThat(digit.duration()).isEqualTo(Duration.ofMillis(120));
        assertThat(decode(AriEvent.ChannelHold.class, "\"channel\":" + CHANNEL + ",\"musicclass\":\"jazz\"")
                        .musicClass())
                .isEqualTo("jazz");
        assertThat(decode(AriEvent.ChannelTalkingFinished.class, "\"channel\":" + CHANNEL + ",\"duration\":1500")
                        .duration())
                .isEqualTo(Duration.ofMillis(1500));
        AriEvent.Dial dial = decode(
                AriEvent.Dial.class,
                "\"peer\":" + CHANNEL + ",\"caller\":" + OTHER
                        + ",\"dialstring\":\"100\",\"dialstatus\":\"RINGING\",\"forward\":\"f\"");
        assertThat(dial).isEqualTo(new AriEvent.Dial(dial.origin(), dial.peer(), dial.caller(), "100", "RINGING", "f"));
        assertThat(dial.caller()).map(Channel::id).contains("2.2");
        assertThat(decode(AriEvent.Dial.class, "\"peer\":" + CHANNEL).caller()).isEmpty();
        AriEvent.ChannelTransfer transfer = decode(
                AriEvent.ChannelTransfer.class, "\"state\":\"s\",\"refer_to\":{\"a\":1},\"referred_by\":{\"b\":2}");
        assertThat(transfer.referToJson()).isEqualTo("{\"a\":1}");
        assertThat(transfer.referredByJson()).isEqualTo("{\"b\":2}");
    }

    @Test
    void channelNews_haveTheirFields() {
        AriEvent.ChannelVarset set =
                decode(AriEvent.ChannelVarset.class, "\"channel\":" + CHANNEL + ",\"variable\":\"V\",\"value\":\"1\"");
        assertThat(set.variable() + "=" + set.value()).isEqualTo("V=1");
        assertThat(set.channel()).isPresent();
        assertThat(decode(AriEvent.ChannelVarset.class, "\"variable\":\"V\",\"value\":\"1\"")
                        .channel())
                .isEmpty();
        assertThat(decode(
                                AriEvent.ChannelDialplan.class,
                                "\"channel\":" + CHANNEL + ",\"dialplan_app\":\"Dial\",\"dialplan_app_data\":\"x\"")
                        .dialplanApp())
                .isEqualTo("Dial");
        assertThat(decode(
                                AriEvent.ChannelCallerId.class,
                                "\"channel\":" + CHANNEL
                                        + ",\"caller_presentation\":3,\"caller_presentation_txt\":\"t\"")
                        .presentation())
                .isEqualTo(3);
        AriEvent.ChannelUserevent user =
                decode(AriEvent.ChannelUserevent.class, "\"eventname\":\"e\",\"userevent\":{\"k\":\"v\"}");
        assertThat(user.name()).isEqualTo("e");
        assertThat(user.json()).isEqualTo("{\"k\":\"v\"}");
        assertThat(user.channel()).isEmpty();
    }

    @Test
    void bridgeEvents_haveTheirFields() {
        AriEvent.ChannelEnteredBridge entered =
                decode(AriEvent.ChannelEnteredBridge.class, "\"bridge\":" + BRIDGE + ",\"channel\":" + CHANNEL);
        assertThat(entered.bridge().channelIds()).containsExactly("1.1");
        assertThat(entered.channel().id()).isEqualTo("1.1");
        assertThat(decode(AriEvent.BridgeMerged.class, "\"bridge\":" + BRIDGE + ",\"bridge_from\":{\"id\":\"c\"}")
                        .from()
                        .id())
                .isEqualTo("c");
        AriEvent.BridgeBlindTransfer blind = decode(
                AriEvent.BridgeBlindTransfer.class,
                "\"channel\":" + CHANNEL + ",\"exten\":\"600\",\"context\":\"c\",\"result\":\"Success\","
                        + "\"is_external\":true,\"transferee\":" + OTHER);
        assertThat(blind.extension()).isEqualTo("600");
        assertThat(blind.external()).isTrue();
        assertThat(blind.transferee()).isPresent();
        assertThat(blind.replaced()).isEmpty();
        AriEvent.BridgeAttendedTransfer attended = decode(
                AriEvent.BridgeAttendedTransfer.class,
                "\"transferer_first_leg\":" + CHANNEL + ",\"transferer_second_leg\":" + OTHER
                        + ",\"result\":\"Success\",\"destination_type\":\"bridge\",\"transfer_target\":" + OTHER);
        assertThat(attended.transfererSecondLeg().id()).isEqualTo("2.2");
        assertThat(attended.destinationType()).isEqualTo("bridge");
        assertThat(attended.target()).isPresent();
    }

    @Test
    void mediaEvents_haveTheirFields() {
        Playback playback = decode(
                        AriEvent.PlaybackFinished.class,
                        "\"playback\":{\"id\":\"p\",\"media_uri\":\"sound:x\",\"target_uri\":\"channel:1.1\","
                                + "\"language\":\"en\",\"state\":\"failed\"}")
                .playback();
        assertThat(playback).isEqualTo(new Playback("p", "sound:x", "channel:1.1", "en", Playback.State.FAILED));
        LiveRecording recording = decode(
                        AriEvent.RecordingFailed.class,
                        "\"recording\":{\"name\":\"r\",\"format\":\"wav\",\"target_uri\":\"bridge:b\","
                                + "\"state\":\"failed\",\"duration\":3,\"cause\":\"full\"}")
                .recording();
        assertThat(recording)
                .isEqualTo(new LiveRecording(
                        "r", "wav", "bridge:b", LiveRecording.State.FAILED, Duration.ofSeconds(3), "full"));
    }

    @Test
    void applicationMoveFailed_hasItsDestination() {
        AriEvent.ApplicationMoveFailed event = decode(
                AriEvent.ApplicationMoveFailed.class,
                "\"channel\":" + CHANNEL + ",\"destination\":\"other\",\"args\":[\"a\"]");
        assertThat(event.destination()).isEqualTo("other");
        assertThat(event.args()).containsExactly("a");
    }

    /** Every record of the hierarchy is what its own name decodes to; none was forgotten in the decoder. */
    @Test
    void everyRecord_isDecodedFromTheTypeOfItsName() {
        String everything = "\"channel\":" + CHANNEL + ",\"bridge\":" + BRIDGE + ",\"bridge_from\":" + BRIDGE
                + ",\"peer\":" + CHANNEL + ",\"playback\":{},\"recording\":{},\"transferer_first_leg\":" + CHANNEL
                + ",\"transferer_second_leg\":" + OTHER;
        Set<Class<?>> records = records(AriEvent.class);
        records.remove(AriEvent.Unknown.class);
        assertThat(records).hasSizeGreaterThan(30);

        for (Class<?> type : records) {
            assertThat(decode(type.getSimpleName(), everything)).isExactlyInstanceOf(type);
        }
    }

    private static Set<Class<?>> records(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(sub -> sub.isRecord() ? List.of(sub).stream() : records(sub).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void unknownType_isKeptWhole() {
        AriEvent event = decode("CallBroadcast", "\"called\":\"100\"");

        assertThat(event).isInstanceOfSatisfying(AriEvent.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("CallBroadcast");
            assertThat(unknown.json()).contains("\"called\":\"100\"");
            assertThat(unknown.application()).isEqualTo("agent");
        });
    }

    @Test
    void knownTypeWithoutWhatItNeeds_isUnknown_notLost() {
        assertThat(decode("StasisStart", "\"channel\":\"1.1\""))
                .isInstanceOfSatisfying(
                        AriEvent.Unknown.class,
                        unknown -> assertThat(unknown.type()).isEqualTo("StasisStart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "hello", "{\"type\":\"StasisEnd\"", "\u0000"})
    void whatIsNoJsonObject_isDropped(String text) {
        assertThat(EventDecoder.decode(text)).isEqualTo(Optional.empty());
    }

    @Test
    void hugeOrDeepEvents_areDropped() {
        assertThat(EventDecoder.decode("{\"type\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}"))
                .isEmpty();
        assertThat(EventDecoder.decode("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)))
                .isEmpty();
    }

    /** Whatever a network or a future Asterisk makes of an event, the reader of the socket lives. */
    @Test
    void damagedEvents_neverThrow() throws Exception {
        List<String> captured;
        try (InputStream file =
                EventDecoderTest.class.getResourceAsStream("/captures/22-ari-externalmedia-audiosocket.jsonl")) {
            captured = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("{\"event\": "))
                    .map(line -> line.substring("{\"event\": ".length(), line.length() - 1))
                    .toList();
        }
        Random random = new Random(20261122);
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(captured.get(random.nextInt(captured.size())));
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                damage(text, random);
            }
            understood += EventDecoder.decode(text.toString()).isPresent() ? 1 : 0;
        }
        assertThat(understood).isBetween(1_000, 19_999);
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, (char) random.nextInt(0x3000));
            case 1 -> text.deleteCharAt(at);
            case 2 ->
                text.insert(
                        at,
                        List.of("null", "{}", "[]", "0", "\"", "-1e999", ",").get(random.nextInt(7)));
            default -> {
                // One value becomes another of some other type, and the whole stays JSON
                int colon = text.indexOf("\": ", at);
                int comma = text.indexOf(", ", Math.max(colon, 0));
                if (colon > 0 && comma > colon) {
                    text.replace(
                            colon + 3,
                            comma,
                            List.of("null", "{}", "[1]", "7", "\"x\"", "true").get(random.nextInt(6)));
                }
            }
        }
    }
}
