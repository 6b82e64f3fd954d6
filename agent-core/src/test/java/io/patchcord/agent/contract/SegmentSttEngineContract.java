package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every recogniser of segments. */
public abstract class SegmentSttEngineContract extends SttEngineContract<SegmentSttEngine> {

    @Test
    void speechIsRecognised() {
        assertThat(heard(speech())).contains(spokenWord());
    }

    @Test
    void silence_isNoError() {
        assertThat(transcribe(engine(), silence(Duration.ofSeconds(1)))).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void noAudioAtAll_isNothingUnderstood() {
        assertThat(heard(silence(Duration.ZERO))).isBlank();
    }

    @Test
    void manyAtOnce_areAllAnswered() {
        List<CompletableFuture<Transcript>> answers =
                Stream.generate(() -> transcribe(engine(), speech())).limit(4).toList();

        // A full queue may refuse some, but none is forgotten.
        for (CompletableFuture<Transcript> answer : answers) {
            Throwable refused = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS));
            if (refused == null) {
                assertThat(answer.join().text().toLowerCase(Locale.ROOT)).contains(spokenWord());
            } else {
                assertThat(ProviderException.of(refused).kind()).isEqualTo(ProviderException.Kind.BUSY);
            }
        }
    }

    @Test
    void closedEngine_failsWithItsOwnException() {
        SegmentSttEngine closed = create();
        closed.close();

        Throwable failure = catchThrowable(() -> transcribe(closed, speech()).get(30, TimeUnit.SECONDS));

        assertThat(failure).isNotNull();
        assertThat(failure.getCause()).isInstanceOf(ProviderException.class);
    }

    private String heard(AudioFrame segment) {
        return transcribe(engine(), segment)
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .text()
                .toLowerCase(Locale.ROOT);
    }

    private static CompletableFuture<Transcript> transcribe(SegmentSttEngine engine, AudioFrame segment) {
        return engine.transcribe(segment).toCompletableFuture();
    }
}
