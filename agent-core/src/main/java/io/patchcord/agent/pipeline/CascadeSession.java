package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.GapFiller;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.PressedKeys;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;

/**
 * One call's conversation with a cascade. The caller's audio goes through a {@link GapFiller} to a {@link Listening}, whose
 * turns the {@link Dialogue} answers through {@link Answers} and {@link Responses}. Confined to the call loop.
 */
final class CascadeSession implements S2sSession {

    private final CallLoop loop;
    private final S2sListener listener;
    private final LlmSession model;
    private final Voice voice;
    private final Responses responses;
    private final Answers answers;
    private final Dialogue dialogue;
    private final Listening listening;
    private final GapFiller gapFiller;
    private final boolean readsKeys;
    private final PressedKeys keys;
    private boolean failed;
    private boolean closed;

    /** Opens all parts, or none if one of them refuses. */
    CascadeSession(CascadeEngine engine, S2sRequest request, S2sListener listener) {
        this.loop = request.loop();
        this.listener = listener;
        CascadeSettings settings = engine.settings();
        History history = new History(request.history());
        Troubles troubles = new Troubles(request.callId(), settings);
        try (Opening opening = new Opening()) {
            this.model = engine.openModel(request);
            opening.onFailure(model::close);
            this.voice = new Voice(
                    engine.voice(),
                    loop,
                    request.voice(),
                    request.language(),
                    settings.deadlines().nextAudio());
            opening.onFailure(voice::close);
            this.responses = new Responses(loop, voice, history, troubles, this::tell);
            this.answers = new Answers(loop, settings.deadlines(), model, responses, history, troubles);
            this.dialogue = new Dialogue(loop, settings, history, responses, answers, troubles, this::tell);
            this.keys = new PressedKeys(loop, dialogue::onTyped);
            this.listening = engine.openListening(request, history::agentSaidLast, dialogue);
            opening.succeeded();
        }
        this.readsKeys = engine.readsKeys();
        this.gapFiller = new GapFiller(loop, request.inputFormat(), listening::accept);
        String greeting = request.history().isEmpty() ? engine.greeting(request) : "";
        boolean awaitsAnswer = history.awaitsAnswer();
        loop.execute(() -> start(greeting, awaitsAnswer));
    }

    private void start(String greeting, boolean awaitsAnswer) {
        tell(new S2sEvent.Ready());
        if (!greeting.isBlank()) {
            say(greeting);
        } else if (awaitsAnswer && isActive()) {
            answers.answer(null);
        }
        keys.ready();
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        if (isActive()) {
            gapFiller.accept(frame);
        }
    }

    @Override
    public void sendDtmf(char digit) {
        if (isActive()) {
            boolean known = dialogue.onKey(digit);
            if (!known && readsKeys) {
                keys.press(digit);
            }
        }
    }

    @Override
    public void interrupt(String responseId, Duration playedOut) {
        if (isActive()) {
            responses.interrupt(responseId, playedOut);
        }
    }

    @Override
    public void playedOut(String responseId) {
        responses.playedOut(responseId);
    }

    @Override
    public void toolResult(String callId, String result) {
        if (isActive()) {
            answers.toolResult(callId, result);
        }
    }

    @Override
    public void say(String text) {
        if (isActive()) {
            answers.dropPrepared();
            responses.say(text);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stop();
            loop.execute(() -> listener.onEvent(new S2sEvent.Closed()));
        }
    }

    private boolean isActive() {
        return !closed && !failed;
    }

    private void tell(S2sEvent event) {
        if (!isActive()) {
            return;
        }
        if (event instanceof S2sEvent.Failed) {
            failed = true;
            stop();
        }
        listener.onEvent(event);
    }

    private void stop() {
        gapFiller.close();
        keys.close();
        listening.close();
        responses.close();
        voice.close();
        model.close();
    }
}
