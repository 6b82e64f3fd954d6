package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are cut at random in the middle of sentences lose no call, and no word is heard twice or not at all. */
class FailoverPropertyTest {

    private static final int CUTS = 50;
    private static final String[][] CONVERSATION = {
        {"when are you open", "we open at nine and close at five every day but sunday"},
        {"where do I find parking", "there is much room behind our old house near the river"},
        {"what does it cost", "two pounds for an hour or seven until midnight"}
    };

    static LongStream seeds() {
        return LongStream.rangeClosed(1, CUTS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutsInTheMiddleOfSentences(long seed) {
        Random random = new Random(seed);
        FailoverCall call = new FailoverCall();
        TalkingS2s first = taught(call, "first");
        TalkingS2s second = taught(call, "second");
        call.start(random.nextBoolean() ? call.engine(first, second) : call.engine(first));
        StringBuilder expected = new StringBuilder(FailoverCall.GREETING);
        call.silence(3_000);

        for (String[] exchange : CONVERSATION) {
            call.speak(exchange[0]);
            expected.append(' ').append(exchange[1]);
            int cuts = 1 + random.nextInt(2);
            for (int i = 0; i < cuts; i++) {
                cutInSentence(call, first, second, random);
            }
            call.silence(14_000);
        }

        assertThat(call.isOver()).as("seed %d", seed).isFalse();
        assertThat(call.heardOfProviders()).as("seed %d", seed).isEqualTo(expected.toString());
        S2sOrder.check(call.told);
        call.port.callerHangsUp();
        call.loop.advance(Duration.ofMinutes(1));
        assertThat(first.open() + second.open()).as("seed %d", seed).isZero();
        assertThat(call.loop.waiting()).as("seed %d", seed).isZero();
    }

    /** Waits until one of them speaks, and some more; cuts it off if it still does. */
    private static void cutInSentence(FailoverCall call, TalkingS2s first, TalkingS2s second, Random random) {
        for (int waited = 0; waited < 3_000 && !first.isSpeaking() && !second.isSpeaking(); waited += 20) {
            call.silence(20);
        }
        call.silence(20 * random.nextInt(25));
        TalkingS2s speaker = first.isSpeaking() ? first : second;
        if (!speaker.isSpeaking()) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> speaker.drop();
            case 1 -> speaker.fail(new ProviderException(Kind.UNAVAILABLE, "connection reset"));
            case 2 -> {
                // It tries in vain to go on by itself.
                speaker.breakOff();
                call.silence(20 * random.nextInt(80));
                speaker.fail(new ProviderException(Kind.UNAVAILABLE, "no connection"));
            }
            default -> speaker.fail(new ProviderException(Kind.RATE_LIMITED, "slower", null, Duration.ofMillis(500)));
        }
    }

    private static TalkingS2s taught(FailoverCall call, String name) {
        TalkingS2s provider = new TalkingS2s(name, call.tones);
        for (String[] exchange : CONVERSATION) {
            provider.answers(exchange[0], exchange[1]);
        }
        return provider;
    }
}
