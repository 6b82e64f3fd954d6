package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.voice.Spoken;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation stands, from the events of the session that leads it: what another session has to know to go on.
 * Confined to the call loop.
 */
final class Standing {

    /** Who heard less than this of a response heard nothing. */
    private static final Duration NOTHING_HEARD = Duration.ofMillis(120);

    private static final int REMEMBERED = 16;

    private final History history;
    private final LastingAudio audio;
    private final GivenSentences sentences = new GivenSentences();
    private final Map<String, Spoken> responses = new LinkedHashMap<>();
    private final Map<String, Spoken> unfinished = new LinkedHashMap<>();
    private final Map<String, Integer> openCalls = new HashMap<>();
    private final AskedTurns asked;
    private int turns;
    private boolean callerSpeaks;
    private boolean answerDue;
    private @Nullable Spoken answer;
    private @Nullable Spoken broken;

    /**
     * @param before the conversation so far
     * @param audio told what has become of the caller's words
     */
    Standing(List<ConversationItem> before, LastingAudio audio) {
        this.history = new History(before);
        this.asked = new AskedTurns(history);
        this.audio = audio;
        this.answerDue = history.awaitsAnswer();
    }

    void onEvent(S2sEvent event) {
        if (event instanceof S2sEvent.SpeechStarted) {
            callerSpeaks = true;
            asked.speechStarted();
            audio.speechStarted();
        } else if (event instanceof S2sEvent.SpeechStopped) {
            callerSpeaks = false;
            asked.speechStopped();
        } else if (event instanceof S2sEvent.TurnEnded) {
            turnEnded();
        } else if (event instanceof S2sEvent.InputTranscript words) {
            if (words.isFinal() && !words.text().isBlank()) {
                callerSaid(words.text().strip());
            }
        } else if (event instanceof S2sEvent.ResponseStarted started) {
            begin(started.responseId());
        } else if (event instanceof S2sEvent.ResponseText words) {
            if (isOnItsWay(words.responseId())) {
                unfinished(words.responseId()).addText(words.text());
            }
        } else if (event instanceof S2sEvent.ResponseAudio sound) {
            if (isOnItsWay(sound.responseId())) {
                heard(unfinished(sound.responseId()), sound);
            }
        } else if (event instanceof S2sEvent.ResponseDone done) {
            done(done);
        } else if (event instanceof S2sEvent.ToolCall call) {
            openCalls.put(call.callId(), turns);
            answerDue = false;
            history.toolCalled(call.callId(), call.name(), call.arguments());
        }
    }

    private void turnEnded() {
        turns++;
        callerSpeaks = false;
        answerDue = true;
        answer = null;
        broken = null;
        audio.turnEnded();
        asked.ended(response -> !unfinished.containsValue(response));
        settleAudio();
    }

    private void callerSaid(String words) {
        asked.said(words);
        settleAudio();
    }

    /** What nobody has made words of yet may be needed again. */
    private void settleAudio() {
        if (asked.areKnown()) {
            audio.settled(callerSpeaks);
        }
    }

    private Spoken begin(String responseId) {
        Spoken spoken = new Spoken();
        responses.put(responseId, spoken);
        unfinished.put(responseId, spoken);
        if (responses.size() > REMEMBERED) {
            sentences.forget(responses.remove(responses.keySet().iterator().next()));
        }
        history.agentSpeaks(spoken);
        if (answerDue) {
            answer = spoken;
            asked.answeredBy(spoken);
        } else {
            sentences.begun(spoken);
        }
        return spoken;
    }

    private void heard(Spoken spoken, S2sEvent.ResponseAudio sound) {
        spoken.addAudio(sound.audio().duration());
        broken = null;
        answeredBy(spoken);
        if (!answerDue) {
            audio.settled(callerSpeaks);
        }
    }

    /** A response to something else, which the service goes on with, answers nothing that was asked since. */
    private void answeredBy(Spoken spoken) {
        if (spoken == answer) {
            answerDue = false;
        }
    }

    private void done(S2sEvent.ResponseDone done) {
        Spoken spoken = unfinished.remove(done.responseId());
        if (spoken != null && done.brokeOff()) {
            breakOff(spoken);
        } else if (spoken != null) {
            spoken.endWords();
            answeredBy(spoken);
        }
    }

    /** What was told of it will be heard, and no more; the rest is due. */
    private void breakOff(Spoken spoken) {
        spoken.breakOff();
        if (spoken.audio().compareTo(NOTHING_HEARD) < 0 || spoken.text().isEmpty()) {
            history.forget(spoken);
            answerDue |= !sentences.takeBack(spoken);
        } else {
            broken = spoken;
        }
    }

    /** What it brought is to be answered, unless the caller has asked something else since. */
    void toolReturned(String callId, String result) {
        Integer turn = openCalls.remove(callId);
        if (turn == null) {
            return;
        }
        history.toolReturned(callId, result);
        if (openCalls.isEmpty() && turn == turns) {
            answerDue = true;
            answer = null;
        }
    }

    /** Tools that have not returned will not be waited for any more; what they bring is not heard of. */
    void toolsAreLate(String result) {
        List.copyOf(openCalls.keySet()).forEach(call -> toolReturned(call, result));
    }

    /** The caller heard only so much of it. */
    void interrupted(String responseId, Duration playedOut) {
        Spoken spoken = responses.get(responseId);
        if (spoken == null) {
            return;
        }
        unfinished.remove(responseId);
        broken = broken == spoken ? null : broken;
        if (playedOut.compareTo(NOTHING_HEARD) < 0 && history.isLast(spoken)) {
            history.forget(spoken);
        } else {
            answeredBy(spoken);
            spoken.cut(playedOut);
        }
    }

    /**
     * The session has ended: what it has told of its responses will be heard, and no more.
     *
     * @return the responses that were not complete
     */
    List<String> sessionEnded() {
        List<String> ended = new ArrayList<>(unfinished.keySet());
        unfinished.values().forEach(this::breakOff);
        sentences.sessionEnded(history.items().isEmpty());
        unfinished.clear();
        asked.sessionEnded();
        return ended;
    }

    /** A session begins that does this. */
    void goesOnWith(Handover.Plan plan) {
        sentences.replace(plan.toSay());
        callerSpeaks = false;
        answerDue = plan.awaitsAnswer() || (answerDue && audio.holdsSpeech());
        broken = plan.asksToGoOn() ? broken : null;
    }

    /** The session that begins now greets the caller, with these words if they are known; that is all it owes him. */
    void greetsWith(Optional<String> words) {
        answerDue = false;
        sentences.greetsWith(words);
    }

    /** The sentences that are to be said word for word. */
    GivenSentences sentences() {
        return sentences;
    }

    /** Somebody else has said this instead of the session. */
    void saidOtherwise(String sentence) {
        history.agentSaid(sentence);
    }

    /** Whether audio of an answer is to come from the session now. */
    boolean expectsAudio() {
        boolean due = answerDue || broken != null || sentences.areDue() || isResponding();
        return due && openCalls.isEmpty() && !callerSpeaks;
    }

    /** Whether a response is on its way. */
    boolean isResponding() {
        return !unfinished.isEmpty();
    }

    /** Whether it is the agent who has to say something. */
    boolean isAgentsTurn() {
        boolean due = answerDue || broken != null || sentences.areDue();
        return due && openCalls.isEmpty() && !callerSpeaks;
    }

    /** Whether tools are to answer yet. */
    boolean waitsForTools() {
        return !openCalls.isEmpty();
    }

    /** What a session that begins now has to know and to do. */
    Handover handover() {
        List<ConversationItem> items = history.items();
        Spoken cut = callerSpeaks ? null : broken;
        boolean lost = answerDue && !history.awaitsAnswer() && !audio.holdsSpeech() && !items.isEmpty();
        return new Handover(
                items, sentences.all(), lost, Optional.ofNullable(cut).map(this::cut));
    }

    private Handover.Cut cut(Spoken spoken) {
        return new Handover.Cut(spoken.text(), sentences.restOf(spoken), spoken.rest());
    }

    /** Services may tell more of a response that is over. */
    private boolean isOnItsWay(String responseId) {
        return unfinished.containsKey(responseId) || !responses.containsKey(responseId);
    }

    private Spoken unfinished(String responseId) {
        Spoken spoken = unfinished.get(responseId);
        return spoken == null ? begin(responseId) : spoken;
    }
}
