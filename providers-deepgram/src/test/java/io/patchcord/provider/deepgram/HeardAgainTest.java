package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that breaks in a turn is made again, and hears that turn from its beginning. */
class HeardAgainTest {

    private static final int SILENCE = 0x55;

    @ParameterizedTest
    @EnumSource
    void turnIsUnderstood_once_thoughItsConnectionBroke(ListenModel listen) {
        try (ListeningCall call = new ListeningCall(listen)) {
            FakeConnection first = breaksAfter(10, listen, call);
            FakeConnection second = call.heardBy(1);
            second.sendText(listen.words("What are"));
            second.sendText(listen.endOfTurn("What are your hours?"));
            call.until(() -> !call.all(S2sEvent.ResponseText.class).isEmpty());

            assertThat(call.turns()).containsExactly("What are your hours?");
            assertThat(call.all(S2sEvent.ResponseText.class))
                    .extracting(S2sEvent.ResponseText::text)
                    .containsExactly("We open at nine.");
            assertThat(first.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnIsHeardWhole_notFasterThanDeepgramAllows(ListenModel listen) {
        int frames = 1_000;
        try (ListeningCall call = new ListeningCall(listen)) {
            breaksAfter(frames, listen, call);
            FakeConnection second = call.heardBy(1);
            long from = call.loop.nanoTime();
            call.loop.advance(Duration.ofSeconds(4));
            second.await("four seconds, and a quarter", self -> self.binaries().size() >= 240);
            assertThat(second.binaries()).hasSizeLessThan(270);
            call.loop.advance(Duration.ofSeconds(13));
            second.await("the turn", self -> heard(self).size() >= frames);

            assertThat(heard(second).subList(0, frames)).isEqualTo(spoken(frames));
            assertThat(Duration.ofNanos(call.loop.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
        }
    }

    /** The caller's first words come with his first frame; so many frames later the connection is gone. */
    private static FakeConnection breaksAfter(int frames, ListenModel listen, ListeningCall call) {
        for (int i = 0; i < 25; i++) {
            call.sendFrame(SILENCE);
        }
        FakeConnection first = call.heardBy(0);
        call.sendFrame(tag(0));
        first.sendText(listen.words("What are"));
        call.until(() -> !call.all(S2sEvent.InputTranscript.class).isEmpty());
        for (int i = 1; i < frames; i++) {
            call.sendFrame(tag(i));
        }
        first.reset();
        return first;
    }

    private static List<Integer> spoken(int frames) {
        return IntStream.range(0, frames).map(HeardAgainTest::tag).boxed().toList();
    }

    private static int tag(int frame) {
        return frame % 0x50;
    }

    /** The frames that are no silence, by their tags. */
    private static List<Integer> heard(FakeConnection connection) {
        return connection.binaries().stream()
                .map(frame -> (int) frame[0])
                .filter(tag -> tag != SILENCE)
                .toList();
    }
}
