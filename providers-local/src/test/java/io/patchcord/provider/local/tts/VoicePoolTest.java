package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VoicePoolTest {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicInteger spoken = new AtomicInteger();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private VoicePool pool = new VoicePool(HeldVoice::new, 1, 2, 0);

    @AfterEach
    void close() {
        mayGoOn.countDown();
        pool.close();
    }

    @Test
    void queueFull_isBusy_andSaysHowFull() throws Exception {
        pool.submit(job("one"));
        started.await();
        pool.submit(job("two"));
        pool.submit(job("three"));

        assertThatThrownBy(() -> pool.submit(job("four")))
                .asInstanceOf(type(ProviderException.class))
                .satisfies(error -> {
                    assertThat(error.kind()).isEqualTo(ProviderException.Kind.BUSY);
                    assertThat(error).hasMessageContaining("2 wait").hasMessageContaining("LOCAL_TTS_QUEUE");
                });
        mayGoOn.countDown();
        assertThat(next()).isEqualTo("one done");
        assertThat(next()).isEqualTo("two done");
        assertThat(next()).isEqualTo("three done");
    }

    @Test
    void cancelledWhileWaiting_freesItsPlace_andIsNeverSpoken() throws Exception {
        pool.submit(job("one"));
        started.await();
        VoiceJob two = job("two");
        pool.submit(two);
        pool.submit(job("three"));

        pool.cancel(two);
        pool.submit(job("four"));

        mayGoOn.countDown();
        assertThat(next()).isEqualTo("one done");
        assertThat(next()).isEqualTo("three done");
        assertThat(next()).isEqualTo("four done");
        assertThat(spoken).hasValue(3);
    }

    @Test
    void cancelledWhileSpeaking_tellsNothingMore_andTheNextIsSpoken() throws Exception {
        VoiceJob one = job("one");
        pool.submit(one);
        started.await();

        pool.cancel(one);
        mayGoOn.countDown();
        pool.submit(job("two"));

        assertThat(next()).isEqualTo("two done");
    }

    @Test
    void voiceComesToGrief_theJobFails_andTheThreadGoesOn() throws Exception {
        mayGoOn.countDown();
        pool.submit(job("broken"));
        pool.submit(job("two"));

        assertThat(next()).isEqualTo("broken failed INTERNAL");
        assertThat(next()).isEqualTo("two done");
    }

    @Test
    void listenerThrows_theThreadGoesOn() throws Exception {
        mayGoOn.countDown();
        pool.submit(new VoiceJob("one", new VoiceJob.Listener() {
            @Override
            public void onAudio(AudioFrame audio) {
                throw new IllegalStateException("the loop is gone");
            }

            @Override
            public void onDone() {
                throw new IllegalStateException("the loop is gone");
            }

            @Override
            public void onFailed(ProviderException error) {
                throw new IllegalStateException("the loop is gone");
            }
        }));
        pool.submit(job("two"));

        assertThat(next()).isEqualTo("two done");
    }

    @Test
    void closed_isUnavailable() {
        pool.close();

        assertThatThrownBy(() -> pool.submit(job("one")))
                .asInstanceOf(type(ProviderException.class))
                .extracting(ProviderException::kind)
                .isEqualTo(ProviderException.Kind.UNAVAILABLE);
    }

    @Test
    void warmUp_speaksAsOftenAsAsked_beforeItIsWarm() {
        mayGoOn.countDown();
        pool.close();
        pool = new VoicePool(HeldVoice::new, 2, 2, 7);

        assertThat(pool.awaitWarm(Duration.ofSeconds(20))).isTrue();
        assertThat(spoken).hasValue(7);
    }

    @Test
    void workArrivesDuringWarmUp_andComesFirst() throws Exception {
        pool.close();
        pool = new VoicePool(HeldVoice::new, 1, 2, 1_000_000);
        started.await();

        pool.submit(job("one"));
        mayGoOn.countDown();

        assertThat(next()).isEqualTo("one done");
        assertThat(spoken.get()).isLessThan(1_000);
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    private VoiceJob job(String text) {
        return new VoiceJob(text, new VoiceJob.Listener() {
            @Override
            public void onAudio(AudioFrame audio) {}

            @Override
            public void onDone() {
                told.add(text + " done");
            }

            @Override
            public void onFailed(ProviderException error) {
                told.add(text + " failed " + error.kind());
            }
        });
    }

    /** Says when it starts, and ends when the test lets it. */
    private final class HeldVoice implements FliteVoice {

        @Override
        public void speak(String text, PcmSink sink, Runnable checkpoint) {
            started.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            spoken.incrementAndGet();
            if (text.equals("broken")) {
                throw new FliteException("broken on purpose");
            }
            sink.accept(new short[] {1_000}, 1);
        }

        @Override
        public void close() {}
    }
}
