package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.patchcord.ari.testing.FakeAri;
import io.patchcord.ari.testing.FakeReply;
import io.patchcord.ari.testing.FakeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RestRequestsTest {

    private static final UUID CALL = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");

    private final FakeAri fake = FakeAri.start();
    private final AriClient ari = fake.clientBuilder().build();

    @AfterEach
    void close() {
        ari.close();
        fake.close();
    }

    record Case(
            String name, Function<AriClient, CompletableFuture<?>> call, String line, Map<String, String> parameters) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(
            String name, Function<AriClient, CompletableFuture<?>> call, String line, Map<String, String> parameters) {
        return new Case(name, call, line, parameters);
    }

    static Stream<Case> channelRequests() {
        return Stream.of(
                of("list", ari -> ari.channels().list(), "GET /channels", Map.of()),
                of("get", ari -> ari.channels().get("1.1"), "GET /channels/1.1", Map.of()),
                of(
                        "originate",
                        ari -> ari.channels()
                                .originate(OriginateRequest.to("PJSIP/100")
                                        .application("agent", "a", "b")
                                        .callerId("\"Jane\" <5551234>")
                                        .timeout(Duration.ofMillis(1500))
                                        .channelId("pc-1")
                                        .otherChannelId("pc-2")
                                        .originator("1.1")
                                        .variables(Map.of("A", "1"))
                                        .build()),
                        "POST /channels",
                        Map.of(
                                "endpoint", "PJSIP/100",
                                "app", "agent",
                                "appArgs", "a,b",
                                "callerId", "\"Jane\" <5551234>",
                                "timeout", "2",
                                "channelId", "pc-1",
                                "otherChannelId", "pc-2",
                                "originator", "1.1",
                                "variables", "{\"A\":\"1\"}")),
                of(
                        "originate into the dialplan",
                        ari -> ari.channels()
                                .originate(OriginateRequest.to("Local/7001@people")
                                        .dialplan("from-internal", "600", 1)
                                        .label("start")
                                        .noTimeout()
                                        .formats(List.of("ulaw", "alaw"))
                                        .build()),
                        "POST /channels",
                        Map.of(
                                "endpoint", "Local/7001@people",
                                "context", "from-internal",
                                "extension", "600",
                                "priority", "1",
                                "label", "start",
                                "timeout", "-1",
                                "formats", "ulaw,alaw")),
                of(
                        "create",
                        ari -> ari.channels()
                                .create(CreateChannelRequest.to("PJSIP/100", "agent")
                                        .appArgs("x")
                                        .channelId("pc-1")
                                        .otherChannelId("pc-2")
                                        .formats(List.of("slin"))
                                        .variables(Map.of("A", "1"))
                                        .build()),
                        "POST /channels/create",
                        Map.of(
                                "endpoint", "PJSIP/100",
                                "app", "agent",
                                "appArgs", "x",
                                "channelId", "pc-1",
                                "otherChannelId", "pc-2",
                                "formats", "slin",
                                "variables", "{\"A\":\"1\"}")),
                of("dial", ari -> ari.channels().dial("1.1"), "POST /channels/1.1/dial", Map.of()),
                of(
                        "dial for a caller",
                        ari -> ari.channels().dial("1.1", "1.2", Duration.ofSeconds(20)),
                        "POST /channels/1.1/dial",
                        Map.of("caller", "1.2", "timeout", "20")),
                of(
                        "external media, AudioSocket",
                        ari -> ari.channels()
                                .externalMedia(ExternalMediaRequest.audioSocket("agent", "10.0.0.5:8090", CALL)
                                        .channelId("pc-1-media")
                                        .variables(Map.of("A", "1"))
                                        .build()),
                        "POST /channels/externalMedia",
                        Map.of(
                                "app", "agent",
                                "format", "slin",
                                "external_host", "10.0.0.5:8090",
                                "encapsulation", "audiosocket",
                                "transport", "tcp",
                                "data", CALL.toString(),
                                "channelId", "pc-1-media",
                                "variables", "{\"A\":\"1\"}")),
                of(
                        "external media, RTP",
                        ari -> ari.channels()
                                .externalMedia(ExternalMediaRequest.rtp("agent", "10.0.0.5:40000", "ulaw")
                                        .direction(AudioDirection.BOTH)
                                        .data("a,b")
                                        .build()),
                        "POST /channels/externalMedia",
                        Map.of(
                                "app", "agent",
                                "format", "ulaw",
                                "external_host", "10.0.0.5:40000",
                                "encapsulation", "rtp",
                                "transport", "udp",
                                "direction", "both",
                                "data", "a,b")),
                of(
                        "external media, WebSocket",
                        ari -> ari.channels()
                                .externalMedia(ExternalMediaRequest.webSocketServer("agent", "slin16")
                                        .transportData("f(json)")
                                        .build()),
                        "POST /channels/externalMedia",
                        Map.of(
                                "app", "agent",
                                "format", "slin16",
                                "external_host", "INCOMING",
                                "encapsulation", "none",
                                "transport", "websocket",
                                "connection_type", "server",
                                "transport_data", "f(json)")),
                of(
                        "snoop",
                        ari -> ari.channels()
                                .snoop(
                                        "1.1",
                                        SnoopRequest.builder("agent")
                                                .spy(AudioDirection.IN)
                                                .whisper(AudioDirection.OUT)
                                                .appArgs("s")
                                                .snoopId("pc-s")
                                                .build()),
                        "POST /channels/1.1/snoop",
                        Map.of("app", "agent", "spy", "in", "whisper", "out", "appArgs", "s", "snoopId", "pc-s")),
                of("hang up", ari -> ari.channels().hangup("1.1"), "DELETE /channels/1.1", Map.of("reason", "normal")),
                of(
                        "hang up with a reason",
                        ari -> ari.channels().hangup("1.1", HangupReason.NO_ANSWER),
                        "DELETE /channels/1.1",
                        Map.of("reason", "no_answer")),
                of(
                        "hang up with a cause",
                        ari -> ari.channels().hangup("1.1", 21),
                        "DELETE /channels/1.1",
                        Map.of("reason_code", "21")),
                of(
                        "continue",
                        ari -> ari.channels().continueInDialplan("1.1", DialplanTarget.next()),
                        "POST /channels/1.1/continue",
                        Map.of()),
                of(
                        "continue elsewhere",
                        ari -> ari.channels().continueInDialplan("1.1", DialplanTarget.of("from-internal", "600")),
                        "POST /channels/1.1/continue",
                        Map.of("context", "from-internal", "extension", "600", "priority", "1")),
                of(
                        "continue at a label",
                        ari -> ari.channels().continueInDialplan("1.1", DialplanTarget.labelled("c", "s", "fallback")),
                        "POST /channels/1.1/continue",
                        Map.of("context", "c", "extension", "s", "label", "fallback")),
                of(
                        "continue at an extension",
                        ari -> ari.channels().continueInDialplan("1.1", DialplanTarget.extension("7001")),
                        "POST /channels/1.1/continue",
                        Map.of("extension", "7001")),
                of(
                        "move",
                        ari -> ari.channels().move("1.1", "other", "x", "y"),
                        "POST /channels/1.1/move",
                        Map.of("app", "other", "appArgs", "x,y")),
                of(
                        "redirect",
                        ari -> ari.channels().redirect("1.1", "PJSIP/200"),
                        "POST /channels/1.1/redirect",
                        Map.of("endpoint", "PJSIP/200")),
                of("answer", ari -> ari.channels().answer("1.1"), "POST /channels/1.1/answer", Map.of()),
                of("ring", ari -> ari.channels().ring("1.1"), "POST /channels/1.1/ring", Map.of()),
                of("stop ringing", ari -> ari.channels().ringStop("1.1"), "DELETE /channels/1.1/ring", Map.of()),
                of("progress", ari -> ari.channels().progress("1.1"), "POST /channels/1.1/progress", Map.of()),
                of(
                        "dtmf",
                        ari -> ari.channels().dtmf("1.1", DtmfRequest.of("12#")),
                        "POST /channels/1.1/dtmf",
                        Map.of("dtmf", "12#")),
                of(
                        "dtmf with times",
                        ari -> ari.channels()
                                .dtmf(
                                        "1.1",
                                        DtmfRequest.builder("1w2")
                                                .before(Duration.ofMillis(1))
                                                .between(Duration.ofMillis(2))
                                                .duration(Duration.ofMillis(3))
                                                .after(Duration.ofMillis(4))
                                                .build()),
                        "POST /channels/1.1/dtmf",
                        Map.of("dtmf", "1w2", "before", "1", "between", "2", "duration", "3", "after", "4")),
                of(
                        "mute",
                        ari -> ari.channels().mute("1.1", AudioDirection.IN),
                        "POST /channels/1.1/mute",
                        Map.of("direction", "in")),
                of(
                        "unmute",
                        ari -> ari.channels().unmute("1.1", AudioDirection.BOTH),
                        "DELETE /channels/1.1/mute",
                        Map.of("direction", "both")),
                of("hold", ari -> ari.channels().hold("1.1"), "POST /channels/1.1/hold", Map.of()),
                of("unhold", ari -> ari.channels().unhold("1.1"), "DELETE /channels/1.1/hold", Map.of()),
                of("music", ari -> ari.channels().startMusicOnHold("1.1"), "POST /channels/1.1/moh", Map.of()),
                of(
                        "music of a class",
                        ari -> ari.channels().startMusicOnHold("1.1", "jazz"),
                        "POST /channels/1.1/moh",
                        Map.of("mohClass", "jazz")),
                of("stop music", ari -> ari.channels().stopMusicOnHold("1.1"), "DELETE /channels/1.1/moh", Map.of()),
                of("silence", ari -> ari.channels().startSilence("1.1"), "POST /channels/1.1/silence", Map.of()),
                of("stop silence", ari -> ari.channels().stopSilence("1.1"), "DELETE /channels/1.1/silence", Map.of()),
                of(
                        "play",
                        ari -> ari.channels()
                                .play(
                                        "1.1",
                                        PlayRequest.builder("sound:hello", "digits:12")
                                                .playbackId("pc-p")
                                                .language("de")
                                                .offset(Duration.ofMillis(5))
                                                .skip(Duration.ofMillis(6))
                                                .build()),
                        "POST /channels/1.1/play",
                        Map.of(
                                "media", "sound:hello,digits:12",
                                "playbackId", "pc-p",
                                "lang", "de",
                                "offsetms", "5",
                                "skipms", "6")),
                of(
                        "record",
                        ari -> ari.channels()
                                .record(
                                        "1.1",
                                        RecordRequest.builder("calls/1", "wav")
                                                .maxDuration(Duration.ofSeconds(60))
                                                .maxSilence(Duration.ofSeconds(5))
                                                .ifExists(RecordRequest.IfExists.OVERWRITE)
                                                .beep(true)
                                                .terminateOn(RecordRequest.TerminateOn.HASH)
                                                .build()),
                        "POST /channels/1.1/record",
                        Map.of(
                                "name", "calls/1",
                                "format", "wav",
                                "maxDurationSeconds", "60",
                                "maxSilenceSeconds", "5",
                                "ifExists", "overwrite",
                                "beep", "true",
                                "terminateOn", "#")),
                of(
                        "set variable",
                        ari -> ari.channels().setVariable("1.1", "CALLERID(name)", ""),
                        "POST /channels/1.1/variable",
                        Map.of("variable", "CALLERID(name)", "value", "")),
                of(
                        "set variables",
                        ari -> ari.channels().setVariables("1.1", Map.of("A", "1")),
                        "POST /channels/1.1/variables",
                        Map.of("variables", "{\"A\":\"1\"}")));
    }

    static Stream<Case> otherRequests() {
        return Stream.of(
                of("bridge list", ari -> ari.bridges().list(), "GET /bridges", Map.of()),
                of("bridge get", ari -> ari.bridges().get("b"), "GET /bridges/b", Map.of()),
                of(
                        "bridge create",
                        ari -> ari.bridges().create(CreateBridgeRequest.mixing("pc-b", "call 1")),
                        "POST /bridges/pc-b",
                        Map.of("type", "mixing,proxy_media", "name", "call 1")),
                of(
                        "bridge create without an id",
                        ari -> ari.bridges()
                                .create(CreateBridgeRequest.builder(CreateBridgeRequest.Type.HOLDING)
                                        .build()),
                        "POST /bridges",
                        Map.of("type", "holding")),
                of("bridge destroy", ari -> ari.bridges().destroy("b"), "DELETE /bridges/b", Map.of()),
                of(
                        "bridge add",
                        ari -> ari.bridges()
                                .addChannels(
                                        "b",
                                        AddChannelsRequest.builder("1.1", "1.2")
                                                .role("participant")
                                                .absorbDtmf(true)
                                                .mute(false)
                                                .inhibitConnectedLineUpdates(true)
                                                .build()),
                        "POST /bridges/b/addChannel",
                        Map.of(
                                "channel", "1.1,1.2",
                                "role", "participant",
                                "absorbDTMF", "true",
                                "mute", "false",
                                "inhibitConnectedLineUpdates", "true")),
                of(
                        "bridge remove",
                        ari -> ari.bridges().removeChannels("b", "1.1"),
                        "POST /bridges/b/removeChannel",
                        Map.of("channel", "1.1")),
                of(
                        "bridge music",
                        ari -> ari.bridges().startMusicOnHold("b", "jazz"),
                        "POST /bridges/b/moh",
                        Map.of("mohClass", "jazz")),
                of("bridge stop music", ari -> ari.bridges().stopMusicOnHold("b"), "DELETE /bridges/b/moh", Map.of()),
                of(
                        "bridge play",
                        ari -> ari.bridges()
                                .play(
                                        "b",
                                        PlayRequest.builder("tone:ring")
                                                .announcerFormat("slin")
                                                .build()),
                        "POST /bridges/b/play",
                        Map.of("media", "tone:ring", "announcer_format", "slin")),
                of(
                        "bridge record",
                        ari -> ari.bridges()
                                .record(
                                        "b",
                                        RecordRequest.builder("r", "wav")
                                                .recorderFormat("slin")
                                                .build()),
                        "POST /bridges/b/record",
                        Map.of("name", "r", "format", "wav", "recorder_format", "slin")),
                of("playback get", ari -> ari.playbacks().get("p"), "GET /playbacks/p", Map.of()),
                of("playback stop", ari -> ari.playbacks().stop("p"), "DELETE /playbacks/p", Map.of()),
                of(
                        "playback control",
                        ari -> ari.playbacks().control("p", Playbacks.Control.UNPAUSE),
                        "POST /playbacks/p/control",
                        Map.of("operation", "unpause")),
                of("live get", ari -> ari.recordings().live().get("r"), "GET /recordings/live/r", Map.of()),
                of("live stop", ari -> ari.recordings().live().stop("r"), "POST /recordings/live/r/stop", Map.of()),
                of("live cancel", ari -> ari.recordings().live().cancel("r"), "DELETE /recordings/live/r", Map.of()),
                of("live pause", ari -> ari.recordings().live().pause("r"), "POST /recordings/live/r/pause", Map.of()),
                of(
                        "live unpause",
                        ari -> ari.recordings().live().unpause("r"),
                        "DELETE /recordings/live/r/pause",
                        Map.of()),
                of("live mute", ari -> ari.recordings().live().mute("r"), "POST /recordings/live/r/mute", Map.of()),
                of(
                        "live unmute",
                        ari -> ari.recordings().live().unmute("r"),
                        "DELETE /recordings/live/r/mute",
                        Map.of()),
                of("stored list", ari -> ari.recordings().stored().list(), "GET /recordings/stored", Map.of()),
                of("stored get", ari -> ari.recordings().stored().get("r"), "GET /recordings/stored/r", Map.of()),
                of(
                        "stored delete",
                        ari -> ari.recordings().stored().delete("r"),
                        "DELETE /recordings/stored/r",
                        Map.of()),
                of(
                        "stored copy",
                        ari -> ari.recordings().stored().copy("r", "s"),
                        "POST /recordings/stored/r/copy",
                        Map.of("destinationRecordingName", "s")),
                of("application list", ari -> ari.applications().list(), "GET /applications", Map.of()),
                of("application get", ari -> ari.applications().get("a"), "GET /applications/a", Map.of()),
                of(
                        "subscribe",
                        ari -> ari.applications().subscribe("a", "channel:1.1", "endpoint:PJSIP/100"),
                        "POST /applications/a/subscription",
                        Map.of("eventSource", "channel:1.1,endpoint:PJSIP/100")),
                of(
                        "unsubscribe",
                        ari -> ari.applications().unsubscribe("a", "channel:1.1"),
                        "DELETE /applications/a/subscription",
                        Map.of("eventSource", "channel:1.1")),
                of(
                        "filter",
                        ari -> ari.applications().filterEvents("a", List.of(), List.of("ChannelVarset")),
                        "PUT /applications/a/eventFilter",
                        Map.of("allowed", "", "disallowed", "{\"type\":\"ChannelVarset\"}")),
                of("info", ari -> ari.asterisk().info(), "GET /asterisk/info", Map.of()),
                of("ping", ari -> ari.asterisk().ping(), "GET /asterisk/ping", Map.of()),
                of("modules", ari -> ari.asterisk().modules(), "GET /asterisk/modules", Map.of()),
                of("module", ari -> ari.asterisk().module("m.so"), "GET /asterisk/modules/m.so", Map.of()),
                of(
                        "global variable",
                        ari -> ari.asterisk().variable("G"),
                        "GET /asterisk/variable",
                        Map.of("variable", "G")),
                of(
                        "set global variable",
                        ari -> ari.asterisk().setVariable("G", "1"),
                        "POST /asterisk/variable",
                        Map.of("variable", "G", "value", "1")));
    }

    @ParameterizedTest
    @MethodSource({"channelRequests", "otherRequests"})
    void request_hasTheMethodPathAndParametersOfTheFactSheet(Case request) {
        // Given an Asterisk that is content with everything
        String method = request.line().substring(0, request.line().indexOf(' '));
        boolean list =
                request.line().matches("GET /(channels|bridges|applications|recordings/stored|asterisk/modules)");
        fake.answerNext(method, ".*", new FakeReply(200, list ? "[]" : "{}"));

        // When
        assertThat(request.call().apply(ari)).succeedsWithin(FakeAri.PATIENCE);

        // Then
        FakeRequest seen = fake.requests().get(0);
        assertThat(seen.line()).isEqualTo(request.line());
        assertThat(seen.parameters()).containsExactlyInAnyOrderEntriesOf(request.parameters());
    }

    @Test
    void parametersOfPost_travelInTheBody_soThatNoRequestLineIsTooLong() {
        fake.pbx().incoming("1.1", "Up", "100", "2020", "agent");
        String summary = "x".repeat(6000);

        assertThat(ari.channels().setVariable("1.1", "SUMMARY", summary)).succeedsWithin(FakeAri.PATIENCE);

        assertThat(fake.requests().get(0).target()).isEqualTo("/ari/channels/1.1/variable");
        assertThat(fake.requests().get(0).parameters()).contains(entry("value", summary));
    }

    @ParameterizedTest
    @MethodSource("oddNames")
    void namesOfAnyKind_areEncodedAndArriveUnchanged(String name) {
        fake.answerNext("GET", ".*", new FakeReply(200, "{}"));
        fake.answerNext("GET", ".*", new FakeReply(200, "{}"));

        assertThat(ari.recordings().stored().get(name)).succeedsWithin(FakeAri.PATIENCE);
        assertThat(ari.channels().variable("1.1", name)).succeedsWithin(FakeAri.PATIENCE);

        assertThat(fake.requests().get(0).segments()).containsExactly("recordings", "stored", name);
        assertThat(fake.requests().get(1).parameter("variable")).isEqualTo(name);
    }

    static Stream<String> oddNames() {
        return Stream.of(
                "calls/2026/1",
                "a b",
                "a?b=c&d",
                "a#b",
                "50%",
                "a%2Fb",
                "a+b",
                "a;b",
                "..a",
                "Ünïcode 名",
                "CHANNEL(pjsip,call-id)",
                "\"quoted\"");
    }

    @Test
    void variable_isEmptyWhenUnset_andFailsWhenTheChannelIsGone() {
        fake.pbx().existing("1.1", "PJSIP/100-1", "");
        fake.pbx().variable("1.1", "SET", "yes");

        assertThat(ari.channels().variable("1.1", "SET"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(java.util.Optional.of("yes"));
        assertThat(ari.channels().variable("1.1", "UNSET"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(java.util.Optional.empty());
        assertThat(ari.channels().variable("9.9", "SET"))
                .failsWithin(FakeAri.PATIENCE)
                .withThrowableThat()
                .havingCause()
                .matches(error -> AriException.from(error).kind() == AriException.Kind.NOT_FOUND);
    }

    @Test
    void severalVariables_comeAsAMap() {
        fake.answerNext(
                "GET", "/channels/1.1/variables", new FakeReply(200, "{\"variables\":{\"A\":\"1\",\"B\":\"\"}}"));

        assertThat(ari.channels().variables("1.1", List.of("A", "B")))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(Map.of("A", "1", "B", ""));
        assertThat(fake.requests().get(0).parameter("variables")).isEqualTo("A,B");
    }

    @Test
    void modules_tellWhatThisAsteriskCan() {
        assertThat(ari.asterisk().hasModule("chan_audiosocket.so"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(true);
        assertThat(ari.asterisk().hasModule("chan_nope.so"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(false);
        fake.answerNext("GET", "/asterisk/modules/.*", new FakeReply(200, "{\"status\":\"Not Running\"}"));
        assertThat(ari.asterisk().hasModule("chan_rtp.so"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(false);
    }

    @Test
    void storedRecording_isDownloadedWhole_orNotAtAll(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("call.wav");
        String sound = "RIFF".repeat(100_000);
        fake.answerNext("GET", "/recordings/stored/calls/1/file", new FakeReply(200, sound));

        assertThat(ari.recordings().stored().download("calls/1", target)).succeedsWithin(FakeAri.PATIENCE);
        assertThat(Files.readString(target)).isEqualTo(sound);

        fake.failNext("GET", "/recordings/stored/calls/2/file", 404, "Recording not found");
        assertThat(ari.recordings().stored().download("calls/2", folder.resolve("no.wav")))
                .failsWithin(FakeAri.PATIENCE);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void moreRequestsThanConnections_areAllAnswered() throws Exception {
        List<CompletableFuture<List<Channel>>> answers =
                Stream.generate(() -> ari.channels().list()).limit(100).toList();

        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);

        assertThat(fake.requests()).hasSize(100);
    }
}
