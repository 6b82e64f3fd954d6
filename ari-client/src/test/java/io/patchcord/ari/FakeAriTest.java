package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.testing.FakeAri;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake does what the real one was seen to do, so that what is built on it can be believed. */
class FakeAriTest {

    private final FakeAri fake = FakeAri.start();
    private final Recorder recorder = new Recorder();
    private final AriClient ari =
            fake.clientBuilder().applications("agent").listener(recorder).build();

    @BeforeEach
    void connect() {
        ari.connect();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket("agent");
    }

    @AfterEach
    void close() {
        ari.close();
        fake.close();
    }

    private static void done(CompletableFuture<?> future) {
        assertThat(future).succeedsWithin(FakeAri.PATIENCE);
    }

    private static AriException.Kind failure(CompletableFuture<?> future) {
        return future.handle((value, error) -> AriException.from(error).kind()).join();
    }

    @Test
    void call_hasTheEventsOfTheCapture_inTheirOrder() {
        // When a call comes, is connected to media, and its caller hangs up
        fake.pbx().incoming("1.1", "Ring", "5551234", "2024", "agent", "local");
        done(ari.channels().answer("1.1"));
        done(ari.bridges().create(CreateBridgeRequest.mixing("pc-b", "call")));
        done(ari.channels()
                .externalMedia(ExternalMediaRequest.audioSocket("agent", "127.0.0.1:8090", UUID.randomUUID())
                        .channelId("pc-m")
                        .build()));
        done(ari.bridges().addChannels("pc-b", "1.1", "pc-m"));
        assertThat(fake.pbx().members("pc-b")).containsExactly("1.1", "pc-m");
        fake.pbx().digit("1.1", "7");
        fake.pbx().hangUp("1.1");
        assertThat(fake.pbx().channelIds()).containsExactly("pc-m");
        done(ari.channels().hangup("pc-m"));
        done(ari.bridges().destroy("pc-b"));

        // Then
        assertThat(eventsUpTo(AriEvent.ChannelDestroyed.class))
                .containsExactly(
                        "StasisStart 1.1",
                        "ChannelStateChange 1.1",
                        "Dial",
                        "ChannelStateChange pc-m",
                        "Dial",
                        "StasisStart pc-m",
                        "ChannelEnteredBridge 1.1",
                        "ChannelEnteredBridge pc-m",
                        "ChannelDtmfReceived 1.1",
                        "ChannelHangupRequest 1.1",
                        "ChannelLeftBridge 1.1",
                        "StasisEnd 1.1",
                        "ChannelHangupRequest pc-m",
                        "ChannelLeftBridge pc-m",
                        "StasisEnd pc-m",
                        "ChannelDestroyed pc-m");
        assertThat(fake.pbx().channelIds()).isEmpty();
        assertThat(fake.pbx().bridgeIds()).isEmpty();
    }

    private List<String> eventsUpTo(Class<? extends AriEvent> last) {
        List<String> names = new ArrayList<>();
        AriEvent event;
        do {
            event = recorder.next(Recorder.Event.class).event();
            names.add(event.getClass().getSimpleName()
                    + (event instanceof AriEvent.OfChannel about
                            ? " " + about.channel().id()
                            : ""));
        } while (!last.isInstance(event));
        return names;
    }

    @Test
    void refusals_areThoseOfAsterisk() {
        fake.pbx().existing("9.9", "PJSIP/foreign", "");
        done(ari.bridges().create(CreateBridgeRequest.mixing("pc-b", "")));

        assertThat(failure(ari.channels().answer("0.0"))).isEqualTo(AriException.Kind.NOT_FOUND);
        assertThat(failure(ari.channels().answer("9.9"))).isEqualTo(AriException.Kind.CONFLICT);
        assertThat(failure(ari.bridges().create(CreateBridgeRequest.mixing("pc-b", ""))))
                .isEqualTo(AriException.Kind.CONFLICT);
        assertThat(failure(ari.bridges().addChannels("pc-b", "9.9"))).isEqualTo(AriException.Kind.UNPROCESSABLE);
        assertThat(failure(ari.bridges().addChannels("pc-b", "0.0"))).isEqualTo(AriException.Kind.BAD_REQUEST);
        assertThat(failure(ari.bridges().addChannels("pc-x", "9.9"))).isEqualTo(AriException.Kind.NOT_FOUND);
        assertThat(failure(ari.bridges().removeChannels("pc-b", "9.9"))).isEqualTo(AriException.Kind.UNPROCESSABLE);
    }

    @Test
    void continuedChannel_leavesStasisAndLives() {
        fake.pbx().incoming("1.1", "Up", "100", "2020", "agent");
        recorder.nextEvent(AriEvent.StasisStart.class);

        done(ari.channels().continueInDialplan("1.1", DialplanTarget.next()));

        recorder.nextEvent(AriEvent.StasisEnd.class);
        assertThat(ari.channels().get("1.1")).succeedsWithin(FakeAri.PATIENCE).returns(false, Channel::inStasis);
    }

    @Test
    void leftOvers_areListed() {
        fake.pbx().existing("pc-old", "AudioSocket/x", "agent");
        fake.pbx().existingBridge("pc-old-b", "old");

        assertThat(ari.channels().list())
                .succeedsWithin(FakeAri.PATIENCE)
                .satisfies(list -> assertThat(list).extracting(Channel::id).containsExactly("pc-old"));
        assertThat(ari.bridges().list())
                .succeedsWithin(FakeAri.PATIENCE)
                .satisfies(list -> assertThat(list).extracting(Bridge::id).containsExactly("pc-old-b"));
        assertThat(ari.applications().get("agent"))
                .succeedsWithin(FakeAri.PATIENCE)
                .satisfies(application -> assertThat(application.channelIds()).containsExactly("pc-old"));
    }

    @Test
    void chosenFailures_areUsedOnceOrAlways_untilItBehavesAgain() {
        fake.failNext("GET", "/channels", 500, "once");
        fake.failAlways("GET", "/bridges", 503, "always");

        assertThat(failure(ari.channels().list())).isEqualTo(AriException.Kind.SERVER);
        done(ari.channels().list());
        assertThat(failure(ari.bridges().list())).isEqualTo(AriException.Kind.SERVER);
        assertThat(failure(ari.bridges().list())).isEqualTo(AriException.Kind.SERVER);
        fake.behave();
        done(ari.bridges().list());
        assertThat(fake.requests("GET", "/bridges")).hasSize(3);
        assertThat(fake.awaitRequest("GET", "/channels").line()).isEqualTo("GET /channels");
    }

    @Test
    void mediaOfTheFake_beginsAndEndsAtOnce() {
        fake.pbx().incoming("1.1", "Up", "100", "2020", "agent");
        recorder.nextEvent(AriEvent.StasisStart.class);

        done(ari.channels().play("1.1", PlayRequest.of("sound:beep")));
        recorder.nextEvent(AriEvent.PlaybackStarted.class);
        recorder.nextEvent(AriEvent.PlaybackFinished.class);
        done(ari.channels().record("1.1", RecordRequest.builder("r", "wav").build()));
        recorder.nextEvent(AriEvent.RecordingStarted.class);
        done(ari.channels()
                .snoop("1.1", SnoopRequest.builder("agent").snoopId("pc-s").build()));
        assertThat(recorder.nextEvent(AriEvent.StasisStart.class).channel().name())
                .startsWith("Snoop/");
        done(ari.channels().setVariables("1.1", java.util.Map.of("A", "1")));
        assertThat(ari.channels().variable("1.1", "A"))
                .succeedsWithin(FakeAri.PATIENCE)
                .isEqualTo(java.util.Optional.of("1"));
    }
}
