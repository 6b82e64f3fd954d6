package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchcord.ari.lab.AsteriskLab;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The oldest Asterisk that we serve, where the lab has it too ({@code setup 16}); no build demands it. */
class Asterisk16IT {

    @Test
    void callWithRtp_worksOnTheOldestAsteriskToo() throws Exception {
        assumeTrue(AsteriskLab.isSetUp(16), "Asterisk 16 is not set up; run examples/asterisk-lab/setup 16");
        Recorder recorder = new Recorder();
        try (AsteriskLab lab = AsteriskLab.start(16);
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AriClient ari = lab.clientBuilder()
                        .applications("asterisk-ai-voice-agent")
                        .listener(recorder)
                        .build()) {
            ari.connect();
            recorder.next(Recorder.Connected.class);
            assertThat(get(ari.asterisk().info()).system().version().major()).isEqualTo(16);
            assertThat(get(ari.asterisk().hasModule("chan_audiosocket.so"))).isFalse();

            // When a call is connected to RTP, with all parameters in bodies, as for 22
            CompletableFuture<Path> caller = lab.callAsync("2021", "--seconds", "4");
            AriEvent.StasisStart start = recorder.await(AriEvent.StasisStart.class, event -> true);
            assertThat(start.args()).containsExactly("deepgram");
            String call = start.channel().id();
            get(ari.channels().setVariable(call, "PC_A", "x".repeat(2000)));
            // 16 answers when it is queued, not when it is set
            await().untilAsserted(() ->
                    assertThat(get(ari.channels().variable(call, "PC_A"))).contains("x".repeat(2000)));
            get(ari.bridges().create(CreateBridgeRequest.mixing("pc-16", "")));
            Channel media = get(ari.channels()
                    .externalMedia(ExternalMediaRequest.rtp(
                                    "asterisk-ai-voice-agent", "127.0.0.1:" + rtp.getLocalPort(), "ulaw")
                            .channelId("pc-16-media")
                            .variables(Map.of("PC_TEST", "yes"))
                            .build()));
            assertThat(media.variables()).containsKeys("UNICASTRTP_LOCAL_ADDRESS", "UNICASTRTP_LOCAL_PORT");
            assertThat(recorder.await(AriEvent.StasisStart.class, event -> true)
                            .channel()
                            .id())
                    .isEqualTo("pc-16-media");
            assertThat(get(ari.channels().variable("pc-16-media", "PC_TEST"))).contains("yes");
            get(ari.bridges().addChannels("pc-16", call, "pc-16-media"));

            // Then audio arrives as 20 ms of mu-law
            rtp.setSoTimeout(5000);
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            rtp.receive(packet);
            assertThat(packet.getLength()).isEqualTo(12 + 160);
            assertThat(AriException.from(failure(ari.bridges().create(CreateBridgeRequest.mixing("pc-16", ""))))
                            .kind())
                    .isIn(AriException.Kind.SERVER, AriException.Kind.CONFLICT);
            get(ari.channels().hangup(call, HangupReason.NORMAL));
            get(ari.channels().hangup("pc-16-media"));
            get(ari.bridges().destroy("pc-16"));
            get(caller);
            lab.assertNothingLeft(Duration.ofSeconds(5));
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return future.handle((value, error) -> error).join();
    }
}
