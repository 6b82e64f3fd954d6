package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A session in which the service says anything at any time, and the core asks for all that it may: whatever comes, no
 * exception leaves the session, its events keep their {@linkplain S2sOrder order}, what was interrupted is not heard, and
 * after its end nothing is left on the loop. In virtual time, the same for the same seed.
 */
public final class S2sTurmoil {

    private static final int STEPS = 400;
    private static final Duration PTIME = Duration.ofMillis(20);

    private final Random random;
    private final ManualCallLoop loop;
    private final Runnable service;
    private final List<S2sEvent> events = new ArrayList<>();
    private final Map<String, Duration> audio = new HashMap<>();
    private final List<String> interrupted = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private S2sSession session;
    private boolean failed;

    private S2sTurmoil(Random random, ManualCallLoop loop, Runnable service) {
        this.random = random;
        this.loop = loop;
        this.service = service;
    }

    /**
     * Opens a session, and closes it after some hundred steps, or when it has failed.
     *
     * @param random of the seed
     * @param loop of the call, on which the engine's fake service lives, too
     * @param service says or does anything; run at any time, also when nobody is connected
     * @throws AssertionError naming what happened, if the session broke a rule
     */
    public static void run(Random random, ManualCallLoop loop, S2sEngine engine, Runnable service) {
        new S2sTurmoil(random, loop, service).run(engine);
    }

    private void run(S2sEngine engine) {
        session = engine.open(
                new S2sRequest(
                        "turmoil",
                        loop,
                        AudioFormat.SLIN_8K,
                        AudioFormat.SLIN_8K,
                        "Be brief.",
                        random.nextBoolean() ? Optional.of("Hello.") : Optional.empty(),
                        "en",
                        Optional.empty(),
                        List.of(new ToolSpec("book", "Books a table.", "{\"type\":\"object\"}")),
                        List.of()),
                this::onEvent);
        for (int i = 0; i < STEPS && !failed; i++) {
            step();
            loop.advance(Duration.ofMillis(random.nextInt(60)));
        }
        session.close();
        loop.advance(Duration.ofMinutes(5));
        S2sOrder.check(events);
        assertThat(events).last().isInstanceOf(S2sEvent.Closed.class);
        assertThat(loop.waiting()).as("tasks that wait on the loop").isZero();
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> interruptSomething();
            case 1 -> session.say("Sentence " + random.nextInt(100) + ".");
            case 2 -> session.sendDtmf("0123456789*#".charAt(random.nextInt(12)));
            case 3 -> answerTool();
            case 4 -> playedOut();
            case 5 -> session.changeInstructions("Instruction " + random.nextInt(10));
            case 6 -> session.changeVoice("voice" + random.nextInt(3));
            case 7, 8 -> session.sendAudio(audio());
            default -> service.run();
        }
    }

    private AudioFrame audio() {
        byte[] data = new byte[AudioFormat.SLIN_8K.bytesIn(PTIME) * (1 + random.nextInt(3))];
        if (random.nextBoolean()) {
            random.nextBytes(data);
        }
        return AudioFrame.of(AudioFormat.SLIN_8K, data);
    }

    private void interruptSomething() {
        if (!audio.isEmpty()) {
            String id = any(List.copyOf(audio.keySet()));
            Duration heard = audio.get(id).multipliedBy(random.nextInt(11)).dividedBy(10);
            interrupted.add(id);
            session.interrupt(id, heard);
        }
    }

    private void playedOut() {
        if (!audio.isEmpty()) {
            session.playedOut(any(List.copyOf(audio.keySet())));
        }
    }

    private void answerTool() {
        if (!calls.isEmpty()) {
            session.toolResult(calls.remove(random.nextInt(calls.size())), "{\"done\":true}");
        }
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void onEvent(S2sEvent event) {
        events.add(event);
        if (event instanceof S2sEvent.ResponseStarted response) {
            audio.put(response.responseId(), Duration.ZERO);
        } else if (event instanceof S2sEvent.ResponseAudio sound) {
            assertThat(interrupted).as("what is heard is not interrupted").doesNotContain(sound.responseId());
            audio.merge(sound.responseId(), sound.audio().duration(), Duration::plus);
        } else if (event instanceof S2sEvent.ToolCall call) {
            calls.add(call.callId());
        } else if (event instanceof S2sEvent.Failed) {
            failed = true;
        }
    }
}
