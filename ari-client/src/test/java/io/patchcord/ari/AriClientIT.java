package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.lab.AsteriskLab;
import io.patchcord.ari.testing.FakeAri;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the real Asterisk 22 of the lab. */
class AriClientIT {

    private static final String APP = "asterisk-ai-voice-agent";

    private static AsteriskLab lab;

    private final Recorder recorder = new Recorder();
    private AriClient ari;

    @BeforeAll
    static void start() {
        lab = AsteriskLab.start(22);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        if (ari != null) {
            ari.close();
        }
        try {
            lab.assertNothingLeft(Duration.ofSeconds(5));
        } finally {
            clear();
        }
    }

    /** So that a test which failed half-way is not followed by others. */
    private static void clear() throws Exception {
        try (AriClient cleaner = lab.clientBuilder().build()) {
            for (Bridge bridge : get(cleaner.bridges().list())) {
                get(cleaner.bridges().destroy(bridge.id()));
            }
            for (Channel channel : get(cleaner.channels().list())) {
                cleaner.channels()
                        .hangup(channel.id())
                        .handle((done, gone) -> true)
                        .join();
            }
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static AriException failureOf(CompletableFuture<?> future) {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            return AriException.from(e);
        }
        throw new AssertionError("it did not fail");
    }

    private void connect() {
        ari = lab.clientBuilder().applications(APP).listener(recorder).build();
        ari.connect();
        recorder.next(Recorder.Connected.class);
    }

    /** The next event of a type; others, such as variables being set, are passed over. */
    private <E extends AriEvent> E await(Class<E> type) {
        return recorder.await(type, event -> true);
    }

    private Channel incoming(String extension, String... options) {
        caller = lab.callAsync(extension, options);
        return await(AriEvent.StasisStart.class).channel();
    }

    private CompletableFuture<Path> caller;

    @Test
    void asterisk_saysWhatItIsAndCan() throws Exception {
        ari = lab.clientBuilder().build();

        AsteriskInfo info = get(ari.asterisk().info());

        assertThat(info.system().version().major()).isEqualTo(22);
        assertThat(info.system().version().known()).isTrue();
        assertThat(info.system().entityId()).isNotEmpty();
        assertThat(info.status().startupTime()).isAfter(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(info.config().defaultLanguage()).isEqualTo("en");
        assertThat(get(ari.asterisk().ping())).isAfterOrEqualTo(info.status().startupTime());
        assertThat(get(ari.asterisk().modules()))
                .extracting(AsteriskModule::name)
                .contains("chan_audiosocket.so", "chan_rtp.so", "res_ari.so");
        assertThat(get(ari.asterisk().hasModule("chan_audiosocket.so"))).isTrue();
        assertThat(get(ari.asterisk().hasModule("chan_nope.so"))).isFalse();
        get(ari.asterisk().setVariable("PATCHCORD", "a b&c=d"));
        assertThat(get(ari.asterisk().variable("PATCHCORD"))).contains("a b&c=d");
        assertThat(get(ari.asterisk().variable("PATCHCORD_UNSET"))).isEmpty();
    }

    @Test
    void call_isAnsweredBridgedWithMediaAndTakenDown_asTheFactSheetSays() throws Exception {
        // Given an AudioSocket server and a call that nobody has answered
        connect();
        UUID uuid = UUID.randomUUID();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Channel call = incoming("2024", "--pause", "1", "--dtmf", "7", "--seconds", "4");
            assertThat(call.state()).isEqualTo(ChannelState.RING);
            assertThat(call.inStasis()).isTrue();
            assertThat(call.dialplan().appData()).isEqualTo(APP);

            // When it is answered and connected to external media, all under ids of our own
            get(ari.channels().answer(call.id()));
            assertThat(recorder.await(
                                    AriEvent.ChannelStateChange.class,
                                    event -> event.channel().id().equals(call.id()))
                            .channel()
                            .state())
                    .isEqualTo(ChannelState.UP);
            Bridge bridge = get(ari.bridges().create(CreateBridgeRequest.mixing("pc-it-bridge", "pc it/bridge")));
            assertThat(bridge.name()).isEqualTo("pc it/bridge");
            CompletableFuture<Channel> media = ari.channels()
                    .externalMedia(ExternalMediaRequest.audioSocket(APP, "127.0.0.1:" + server.getLocalPort(), uuid)
                            .channelId("pc-it-media")
                            .variables(Map.of("PC_TEST", "yes"))
                            .build());
            Socket connection = server.accept();
            assertThat(readUuid(connection)).isEqualTo(uuid);
            SilentMedia silence = new SilentMedia(connection);
            assertThat(get(media).variables()).containsEntry("AUDIOSOCKET_UUID", uuid.toString());
            AriEvent.StasisStart mediaStart = await(AriEvent.StasisStart.class);
            assertThat(mediaStart.channel().id()).isEqualTo("pc-it-media");
            assertThat(mediaStart.args()).containsExactly(uuid.toString());
            assertThat(get(ari.channels().list()))
                    .filteredOn(Channel::inStasis)
                    .extracting(Channel::id)
                    .containsExactlyInAnyOrder(call.id(), "pc-it-media");
            assertThat(get(ari.channels().variable("pc-it-media", "PC_TEST"))).contains("yes");
            get(ari.bridges().addChannels("pc-it-bridge", call.id(), "pc-it-media"));

            // Then both are in the bridge, the digit is heard of, and so is the hang-up
            await(AriEvent.ChannelEnteredBridge.class);
            assertThat(await(AriEvent.ChannelEnteredBridge.class).bridge().channelIds())
                    .containsExactlyInAnyOrder(call.id(), "pc-it-media");
            assertThat(get(ari.applications().get(APP)).channelIds()).contains(call.id(), "pc-it-media");
            AriEvent.ChannelDtmfReceived digit = await(AriEvent.ChannelDtmfReceived.class);
            assertThat(digit.digit()).isEqualTo("7");
            assertThat(digit.duration()).isPositive();
            assertThat(await(AriEvent.ChannelHangupRequest.class).channel().id())
                    .isEqualTo(call.id());
            assertThat(await(AriEvent.ChannelLeftBridge.class).channel().id()).isEqualTo(call.id());
            assertThat(await(AriEvent.StasisEnd.class).channel().id()).isEqualTo(call.id());
            assertThat(get(ari.bridges().get("pc-it-bridge")).channelIds()).containsExactly("pc-it-media");
            get(ari.channels().hangup("pc-it-media"));
            AriEvent.ChannelDestroyed destroyed = await(AriEvent.ChannelDestroyed.class);
            assertThat(destroyed.channel().id()).isEqualTo("pc-it-media");
            assertThat(destroyed.cause()).isEqualTo(HangupReason.NORMAL.cause());
            get(ari.bridges().destroy("pc-it-bridge"));
            await(AriEvent.BridgeDestroyed.class);
            silence.close();
            connection.close();
            assertThat(get(caller)).isNotEmptyFile();
        }
    }

    private static UUID readUuid(Socket connection) throws Exception {
        InputStream in = connection.getInputStream();
        byte[] frame = in.readNBytes(19);
        assertThat(frame).startsWith(0x01, 0x00, 0x10);
        ByteBuffer buffer = ByteBuffer.wrap(frame, 3, 16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Test
    void channelOperations_areTakenByAsterisk() throws Exception {
        connect();
        Channel call = incoming("2020", "--seconds", "15");
        String id = call.id();

        get(ari.channels().ring(id));
        get(ari.channels().ringStop(id));
        get(ari.channels().progress(id));
        get(ari.channels().hold(id));
        get(ari.channels().unhold(id));
        get(ari.channels().mute(id, AudioDirection.IN));
        get(ari.channels().unmute(id, AudioDirection.IN));
        get(ari.channels().startMusicOnHold(id));
        get(ari.channels().stopMusicOnHold(id));
        get(ari.channels().startSilence(id));
        get(ari.channels().stopSilence(id));
        get(ari.channels()
                .dtmf(
                        id,
                        DtmfRequest.builder("1w#")
                                .duration(Duration.ofMillis(60))
                                .build()));

        get(ari.channels().setVariable(id, "PC_A", "x".repeat(5000)));
        assertThat(get(ari.channels().variable(id, "PC_A"))).contains("x".repeat(5000));
        assertThat(get(ari.channels().variable(id, "CALLERID(num)"))).contains("1000");
        assertThat(get(ari.channels().variable(id, "PC_UNSET"))).isEmpty();
        get(ari.channels().setVariables(id, Map.of("PC_B", "1", "PC_C", "2 3")));
        assertThat(get(ari.channels().variables(id, List.of("PC_B", "PC_C"))))
                .containsEntry("PC_B", "1")
                .containsEntry("PC_C", "2 3");
        assertThat(get(ari.channels().list())).extracting(Channel::id).contains(id);
        assertThat(get(ari.channels().get(id)).state()).isEqualTo(ChannelState.UP);

        get(ari.channels().hangup(id, HangupReason.BUSY));
        assertThat(await(AriEvent.StasisEnd.class).channel().id()).isEqualTo(id);
        get(caller);
    }

    @Test
    void playback_isStartedSteeredAndStopped() throws Exception {
        connect();
        String id = incoming("2020", "--seconds", "15").id();

        Playback playback = get(ari.channels()
                .play(
                        id,
                        PlayRequest.builder("sound:demo-congrats", "tone:ring")
                                .playbackId("pc-it-play")
                                .build()));
        assertThat(playback.id()).isEqualTo("pc-it-play");
        assertThat(await(AriEvent.PlaybackStarted.class).playback().targetUri()).isEqualTo("channel:" + id);
        assertThat(get(ari.playbacks().get("pc-it-play")).state()).isEqualTo(Playback.State.PLAYING);
        get(ari.playbacks().control("pc-it-play", Playbacks.Control.PAUSE));
        get(ari.playbacks().control("pc-it-play", Playbacks.Control.UNPAUSE));
        get(ari.playbacks().stop("pc-it-play"));
        assertThat(await(AriEvent.PlaybackFinished.class).playback().id()).isEqualTo("pc-it-play");
        assertThat(failureOf(ari.playbacks().get("pc-it-play")).kind()).isEqualTo(AriException.Kind.NOT_FOUND);

        get(ari.channels().hangup(id));
        await(AriEvent.StasisEnd.class);
        get(caller);
    }

    @Test
    void recording_isMadeKeptCopiedDownloadedAndDeleted(@TempDir Path folder) throws Exception {
        connect();
        String id = incoming("2020", "--seconds", "15").id();

        // A name with a slash and a space, which must survive in a path
        String name = "pc/it call";
        LiveRecording recording = get(ari.channels()
                .record(
                        id,
                        RecordRequest.builder(name, "wav")
                                .ifExists(RecordRequest.IfExists.OVERWRITE)
                                .maxDuration(Duration.ofSeconds(10))
                                .build()));
        assertThat(recording.name()).isEqualTo(name);
        await(AriEvent.RecordingStarted.class);
        assertThat(get(ari.recordings().live().get(name)).state()).isEqualTo(LiveRecording.State.RECORDING);
        get(ari.recordings().live().pause(name));
        get(ari.recordings().live().unpause(name));
        get(ari.recordings().live().mute(name));
        get(ari.recordings().live().unmute(name));
        get(ari.recordings().live().stop(name));
        assertThat(await(AriEvent.RecordingFinished.class).recording().name()).isEqualTo(name);

        assertThat(get(ari.recordings().stored().get(name)).format()).isEqualTo("wav");
        assertThat(get(ari.recordings().stored().list()))
                .extracting(StoredRecording::name)
                .contains(name);
        Path file = get(ari.recordings().stored().download(name, folder.resolve("call.wav")));
        assertThat(Files.readAllBytes(file)).startsWith('R', 'I', 'F', 'F');
        assertThat(get(ari.recordings().stored().copy(name, "pc/copy")).name()).isEqualTo("pc/copy");
        assertThat(failureOf(ari.recordings().stored().copy(name, "pc/copy")).kind())
                .isEqualTo(AriException.Kind.CONFLICT);
        get(ari.recordings().stored().delete("pc/copy"));
        get(ari.recordings().stored().delete(name));
        assertThat(failureOf(ari.recordings().stored().get(name)).kind()).isEqualTo(AriException.Kind.NOT_FOUND);

        LiveRecording discarded = get(ari.channels()
                .record(id, RecordRequest.builder("pc/cancelled", "wav").build()));
        // One that has not begun is recorded all the same, and its file must be there to be deleted.
        await(AriEvent.RecordingStarted.class);
        Awaitility.await()
                .atMost(FakeAri.PATIENCE)
                .until(() -> ari.recordings()
                        .stored()
                        .get(discarded.name())
                        .handle((there, notYet) -> there != null)
                        .get());
        get(ari.recordings().live().cancel(discarded.name()));
        await(AriEvent.RecordingFinished.class);
        assertThat(failureOf(ari.recordings().stored().get("pc/cancelled")).kind())
                .isEqualTo(AriException.Kind.NOT_FOUND);

        get(ari.channels().hangup(id));
        await(AriEvent.StasisEnd.class);
        get(caller);
    }

    @Test
    void bridge_playsRecordsAndEnds() throws Exception {
        connect();
        String id = incoming("2020", "--seconds", "15").id();
        get(ari.bridges().create(CreateBridgeRequest.mixing("pc-it-b2", "")));
        get(ari.bridges()
                .addChannels(
                        "pc-it-b2",
                        AddChannelsRequest.builder(id)
                                .absorbDtmf(false)
                                .mute(false)
                                .inhibitConnectedLineUpdates(true)
                                .build()));
        await(AriEvent.ChannelEnteredBridge.class);

        assertThat(get(ari.bridges().list())).extracting(Bridge::id).contains("pc-it-b2");
        assertThat(failureOf(ari.bridges().create(CreateBridgeRequest.mixing("pc-it-b2", "")))
                        .kind())
                .isEqualTo(AriException.Kind.CONFLICT);
        // A channel that is in a bridge cannot be recorded itself, which 22.10 says in an event only
        get(ari.channels().record(id, RecordRequest.builder("pc/no", "wav").build()));
        assertThat(await(AriEvent.RecordingFailed.class).recording().name()).isEqualTo("pc/no");
        Playback playback = get(ari.bridges().play("pc-it-b2", PlayRequest.of("sound:beep")));
        assertThat(recorder.await(
                                AriEvent.PlaybackFinished.class,
                                event -> event.playback().id().equals(playback.id()))
                        .playback()
                        .state())
                .isEqualTo(Playback.State.DONE);
        get(ari.bridges()
                .record("pc-it-b2", RecordRequest.builder("pc/bridge", "wav").build()));
        // One that has not begun yet can be stopped without a word of its end.
        await(AriEvent.RecordingStarted.class);
        get(ari.recordings().live().stop("pc/bridge"));
        await(AriEvent.RecordingFinished.class);
        get(ari.recordings().stored().delete("pc/bridge"));
        get(ari.bridges().startMusicOnHold("pc-it-b2"));
        get(ari.bridges().stopMusicOnHold("pc-it-b2"));
        get(ari.bridges().removeChannels("pc-it-b2", id));
        recorder.await(
                AriEvent.ChannelLeftBridge.class, event -> event.channel().id().equals(id));
        assertThat(failureOf(ari.bridges().removeChannels("pc-it-b2", id)).kind())
                .isEqualTo(AriException.Kind.UNPROCESSABLE);
        get(ari.bridges().destroy("pc-it-b2"));

        get(ari.channels().hangup(id));
        await(AriEvent.StasisEnd.class);
        get(caller);
    }

    @Test
    void continuedCall_goesOnInTheDialplan() throws Exception {
        connect();
        String id = incoming("2020", "--seconds", "4").id();

        get(ari.channels().continueInDialplan(id, DialplanTarget.of("people", "7001")));

        assertThat(await(AriEvent.StasisEnd.class).channel().id()).isEqualTo(id);
        Channel now = get(ari.channels().get(id));
        assertThat(now.inStasis()).isFalse();
        assertThat(failureOf(ari.channels().answer(id)).kind()).isEqualTo(AriException.Kind.CONFLICT);
        get(caller);
        assertThat(lab.log()).contains("demo-thanks");
    }

    @Test
    void continuedCall_canComeBackAtOnce_asTheSameChannelWithItsEndFirst() throws Exception {
        connect();
        String id = incoming("2020", "--seconds", "4").id();

        get(ari.channels().continueInDialplan(id, DialplanTarget.of("stasis-agents", "2021")));

        assertThat(await(AriEvent.StasisEnd.class).channel().id()).isEqualTo(id);
        AriEvent.StasisStart back = await(AriEvent.StasisStart.class);
        assertThat(back.channel().id()).isEqualTo(id);
        assertThat(back.args()).containsExactly("deepgram");
        get(ari.channels().hangup(id));
        get(caller);
    }

    @Test
    void movedCall_arrivesAtTheOtherApplication() throws Exception {
        ari = lab.clientBuilder()
                .applications(APP, "pc-second")
                .listener(recorder)
                .build();
        ari.connect();
        recorder.next(Recorder.Connected.class);
        String id = incoming("2020", "--seconds", "6").id();

        get(ari.channels().move(id, "pc-second", "a", "b"));

        AriEvent.StasisStart moved = await(AriEvent.StasisStart.class);
        assertThat(moved.application()).isEqualTo("pc-second");
        assertThat(moved.args()).containsExactly("a", "b");
        get(ari.channels().hangup(id));
        get(caller);
    }

    @Test
    void callsOfOurOwn_ringAndAreAnswered_orTellWhyNot() throws Exception {
        connect();

        // One that is answered
        Channel called = get(ari.channels()
                .originate(OriginateRequest.to("Local/7001@people/n")
                        .application(APP, "out")
                        .channelId("pc-it-out")
                        .otherChannelId("pc-it-out-2")
                        .callerId("\"Patch Cord\" <123>")
                        .timeout(Duration.ofSeconds(5))
                        .variables(Map.of("PC_OUT", "1"))
                        .build()));
        assertThat(called.id()).isEqualTo("pc-it-out");
        assertThat(await(AriEvent.StasisStart.class).args()).containsExactly("out");
        assertThat(get(ari.channels().variable("pc-it-out", "PC_OUT"))).contains("1");
        assertThat(failureOf(ari.channels()
                                .originate(OriginateRequest.to("Local/7001@people")
                                        .application(APP)
                                        .channelId("pc-it-out")
                                        .build()))
                        .kind())
                .isEqualTo(AriException.Kind.CONFLICT);
        Channel snoop = get(ari.channels()
                .snoop(
                        "pc-it-out",
                        SnoopRequest.builder(APP)
                                .spy(AudioDirection.IN)
                                .snoopId("pc-it-snoop")
                                .build()));
        assertThat(snoop.name()).startsWith("Snoop/");
        get(ari.channels().hangup("pc-it-snoop"));
        get(ari.channels().hangup("pc-it-out", HangupReason.NORMAL.cause()));
        recorder.await(
                AriEvent.ChannelDestroyed.class, event -> event.channel().id().equals("pc-it-out"));

        // One that is busy: no StasisStart ever
        get(ari.channels()
                .originate(OriginateRequest.to("Local/7002@people/n")
                        .application(APP)
                        .channelId("pc-it-busy")
                        .build()));
        recorder.await(AriEvent.Dial.class, event -> event.status().equals("BUSY"));
        List<AriEvent> before = new ArrayList<>();
        recorder.await(
                AriEvent.ChannelDestroyed.class, event -> event.channel().id().equals("pc-it-busy"), before::add);
        assertThat(before).noneMatch(AriEvent.StasisStart.class::isInstance);

        // One that is made first and rung later
        get(ari.channels()
                .create(CreateChannelRequest.to("Local/7001@people/n", APP)
                        .channelId("pc-it-later")
                        .build()));
        assertThat(await(AriEvent.StasisStart.class).channel().state()).isEqualTo(ChannelState.DOWN);
        get(ari.channels().dial("pc-it-later", "", Duration.ofSeconds(5)));
        recorder.await(AriEvent.Dial.class, event -> event.status().equals("ANSWER"));
        get(ari.channels().hangup("pc-it-later"));
        recorder.await(
                AriEvent.ChannelDestroyed.class, event -> event.channel().id().equals("pc-it-later"));
    }

    @Test
    void errors_areToldApart() throws Exception {
        connect();

        assertThat(failureOf(ari.channels().get("no-such-channel")).kind()).isEqualTo(AriException.Kind.NOT_FOUND);
        assertThat(failureOf(ari.channels().variable("no-such-channel", "A")).kind())
                .isEqualTo(AriException.Kind.NOT_FOUND);
        assertThat(failureOf(ari.bridges().get("no/such bridge")).kind()).isEqualTo(AriException.Kind.NOT_FOUND);
        assertThat(failureOf(ari.applications().get("no-such-app")).kind()).isEqualTo(AriException.Kind.NOT_FOUND);
        // Nobody listens there: a bare 500, the reason is in the log
        AriException refused = failureOf(ari.channels()
                .externalMedia(ExternalMediaRequest.audioSocket(APP, "127.0.0.1:9", UUID.randomUUID())
                        .build()));
        assertThat(refused.kind()).isEqualTo(AriException.Kind.SERVER);
        assertThat(refused.status()).isEqualTo(500);
        // An outgoing call that has not been answered
        get(ari.channels()
                .originate(OriginateRequest.to("Local/7003@people/n")
                        .application(APP)
                        .channelId("pc-it-ringing")
                        .build()));
        assertThat(failureOf(ari.channels().play("pc-it-ringing", PlayRequest.of("sound:beep")))
                        .status())
                .isIn(409, 412);
        get(ari.channels().hangup("pc-it-ringing"));

        try (AriClient observer =
                lab.clientBuilder().credentials("observer", "observer").build()) {
            assertThat(get(observer.asterisk().info()).system().version().major())
                    .isEqualTo(22);
            assertThat(failureOf(observer.bridges().create(CreateBridgeRequest.mixing("pc-x", "")))
                            .kind())
                    .isEqualTo(AriException.Kind.FORBIDDEN);
        }
        try (AriClient wrong = lab.clientBuilder().credentials("agent", "wrong").build()) {
            AriException unauthorized = failureOf(wrong.channels().list());
            assertThat(unauthorized.kind()).isEqualTo(AriException.Kind.UNAUTHORIZED);
            assertThat(unauthorized.asteriskMessage()).isEqualTo("Authentication required");
        }
    }

    @Test
    void wrongPassword_isSaidByTheEventsSocketToo() {
        Recorder refused = new Recorder();
        try (AriClient wrong = lab.clientBuilder()
                .credentials("agent", "wrong")
                .applications(APP)
                .listener(refused)
                .build()) {
            wrong.connect();

            assertThat(refused.next(Recorder.Disconnected.class).reason().kind())
                    .isEqualTo(DisconnectReason.Kind.UNAUTHORIZED);
        }
    }

    @Test
    void anotherAgentOfTheSameName_takesTheApplication_andKeepsIt() throws Exception {
        connect();
        Recorder second = new Recorder();
        try (AriClient rival =
                lab.clientBuilder().applications(APP).listener(second).build()) {
            rival.connect();
            second.next(Recorder.Connected.class);

            await(AriEvent.ApplicationReplaced.class);
            Recorder.Disconnected replaced = recorder.next(Recorder.Disconnected.class);
            assertThat(replaced.reason().kind()).isEqualTo(DisconnectReason.Kind.REPLACED);
            assertThat(replaced.willRetry()).isFalse();

            // The goodbye of the first one does not unregister what the second one owns
            CompletableFuture<Path> call = lab.callAsync("2020", "--seconds", "3");
            AriEvent.StasisStart start = second.await(AriEvent.StasisStart.class, event -> true);
            get(rival.channels().hangup(start.channel().id()));
            get(call);
            assertThat(recorder.left()).isEmpty();
        }
    }

    @Test
    void eventFilter_keepsNoiseAway() throws Exception {
        connect();
        get(ari.applications().filterEvents(APP, List.of(), List.of("ChannelVarset", "ChannelDialplan")));
        String id = incoming("2020", "--seconds", "5").id();

        get(ari.channels().setVariable(id, "PC_NOISE", "1"));
        get(ari.channels().hangup(id));

        List<AriEvent> before = new ArrayList<>();
        recorder.await(AriEvent.StasisEnd.class, event -> true, before::add);
        assertThat(before).noneMatch(AriEvent.ChannelVarset.class::isInstance);
        get(caller);
    }

    @Test
    void subscription_bringsEventsFromOutsideStasis() throws Exception {
        connect();
        CompletableFuture<Path> outside = lab.callAsync("7004", "--pause", "1", "--dtmf", "5", "--seconds", "4");
        Channel foreign = awaitForeignChannel();

        Application application = get(ari.applications().subscribe(APP, "channel:" + foreign.id()));

        assertThat(application.channelIds()).contains(foreign.id());
        assertThat(await(AriEvent.ChannelDestroyed.class).channel().id()).isEqualTo(foreign.id());
        get(outside);
        assertThat(failureOf(ari.applications().subscribe(APP, "channel:nope")).kind())
                .isEqualTo(AriException.Kind.UNPROCESSABLE);
    }

    private Channel awaitForeignChannel() throws Exception {
        Optional<Channel> found = Optional.empty();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            found = get(ari.channels().list()).stream()
                    .filter(channel ->
                            channel.name().contains("7004") && channel.name().endsWith(";2"))
                    .findFirst();
        }
        return found.orElseThrow();
    }

    @Test
    void asteriskThatIsRestarted_isFoundAgain() {
        connect();

        lab.stop();
        Recorder.Disconnected gone = recorder.next(Recorder.Disconnected.class);
        assertThat(gone.reason().kind()).isIn(DisconnectReason.Kind.LOST, DisconnectReason.Kind.CLOSED_BY_ASTERISK);
        lab.startAgain();

        Recorder.Signal signal = recorder.next(Recorder.Signal.class);
        while (signal instanceof Recorder.Disconnected again) {
            assertThat(again.willRetry()).isTrue();
            signal = recorder.next(Recorder.Signal.class);
        }
        assertThat(signal).isInstanceOf(Recorder.Connected.class);
    }
}
