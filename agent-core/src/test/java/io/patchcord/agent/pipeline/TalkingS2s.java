package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ToneSpeech;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A speech-to-speech service in virtual time that hears and speaks tones, and goes wrong when it is told to. It answers what
 * it was taught, goes on with an answer that was cut off, and tells its words one by one, faster than they can be heard.
 */
final class TalkingS2s implements S2sEngine {

    static final Duration PER_WORD = Duration.ofMillis(60);

    private static final Duration END_OF_TURN = Duration.ofMillis(400);
    private static final Duration THINKING = Duration.ofMillis(300);
    private static final String GO_ON = FailoverSettings.Phrases.ENGLISH.goOn();

    private final String name;
    private final ToneSpeech tones;
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, String> tools = new HashMap<>();
    private final Queue<ProviderException> refusals = new ArrayDeque<>();
    private final List<S2sRequest> requests = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private S2sCapabilities capabilities = new S2sCapabilities(true, true, true, true);
    private boolean neverReady;
    private @Nullable Session last;
    private int open;

    TalkingS2s(String name, ToneSpeech tones) {
        this.name = name;
        this.tones = tones;
    }

    TalkingS2s answers(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    /** Calls the tool of that name when it is asked this, beside its answer if it has one, and reads the result out. */
    TalkingS2s calls(String question, String tool) {
        tools.put(question, tool);
        return this;
    }

    TalkingS2s can(S2sCapabilities other) {
        capabilities = other;
        return this;
    }

    /** One of the next sessions is refused; several calls line up. */
    TalkingS2s refuses(ProviderException error) {
        refusals.add(error);
        return this;
    }

    /** Sessions that are opened from now on say nothing at all, or do so no more. */
    TalkingS2s neverReady(boolean never) {
        neverReady = never;
        return this;
    }

    List<S2sRequest> requests() {
        return requests;
    }

    /** The instructions and voices that its sessions were told to change to. */
    List<String> changes() {
        return changes;
    }

    /** How many sessions are open. */
    int open() {
        return open;
    }

    /** The last session fails. */
    void fail(ProviderException error) {
        lastSession().tellLast(new S2sEvent.Failed(error));
    }

    /** The last session ends without a word. */
    void drop() {
        lastSession().tellLast(new S2sEvent.Closed());
    }

    /** The last session tells nothing any more. */
    void hang() {
        lastSession().deaf = true;
    }

    /** The last session tells that what it says breaks off, and looks for a way to go on. */
    void breakOff() {
        lastSession().breakOff();
    }

    /** It has found one, and says what was left of it. */
    void goOn(String rest) {
        lastSession().speak(rest);
    }

    /** The last session takes a noise for a turn, and finds no words in it. */
    void takesNoiseForATurn() {
        Session session = lastSession();
        session.tell(new S2sEvent.SpeechStarted());
        session.tell(new S2sEvent.SpeechStopped());
        session.tell(new S2sEvent.TurnEnded(session.loop.nanoTime()));
    }

    boolean isOpen() {
        return last != null && !last.deaf;
    }

    /** Whether the last session has words to tell yet. */
    boolean isSpeaking() {
        return last != null && !last.deaf && last.speaking != null;
    }

    private Session lastSession() {
        if (last == null) {
            throw new IllegalStateException("no session of " + name);
        }
        return last;
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public S2sCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        requests.add(request);
        ProviderException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        Session session = new Session(request, listener);
        last = session;
        open++;
        if (!neverReady) {
            request.loop().schedule(Duration.ofMillis(150), session::start);
        }
        return session;
    }

    @Override
    public void close() {}

    private final class Session implements S2sSession {

        private final S2sRequest request;
        private final CallLoop loop;
        private final S2sListener listener;
        private final AudioConverter ear = new AudioConverter(AudioFormat.SLIN_8K);
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final Queue<String> toSay = new ArrayDeque<>();
        private List<ConversationItem> history;
        private Duration silence = Duration.ZERO;
        private boolean inSpeech;
        private @Nullable String speaking;
        private int responses;
        private boolean deaf;
        private boolean closed;

        Session(S2sRequest request, S2sListener listener) {
            this.request = request;
            this.loop = request.loop();
            this.listener = listener;
            this.history = new ArrayList<>(request.history());
        }

        void start() {
            tell(new S2sEvent.Ready());
            if (history.isEmpty()) {
                request.greeting().ifPresent(this::speak);
                return;
            }
            ConversationItem end = history.get(history.size() - 1);
            if (end instanceof ConversationItem.CallerSaid said) {
                answer(said.text().equals(GO_ON) ? "" : said.text());
            } else if (end instanceof ConversationItem.ToolReturned returned) {
                speak(returned.result());
            }
        }

        /** Empty: what was cut off. */
        private void answer(String question) {
            if (question.isEmpty()) {
                goOn();
            } else if (tools.containsKey(question)) {
                if (answers.containsKey(question)) {
                    speak(answers.get(question));
                }
                tell(new S2sEvent.ToolCall("t1", tools.get(question), Map.of()));
            } else {
                speak(answers.getOrDefault(question, "what?"));
            }
        }

        /** The caller asked something, heard a part of the answer, and wants the rest. */
        private void goOn() {
            StringJoiner said = new StringJoiner(" ");
            for (ConversationItem item : history) {
                if (item instanceof ConversationItem.AgentSaid agent) {
                    said.add(agent.text());
                } else if (!item.equals(new ConversationItem.CallerSaid(GO_ON))) {
                    said = new StringJoiner(" ");
                }
            }
            String begin = said.toString();
            String whole = answers.values().stream()
                    .filter(answer -> !begin.isEmpty() && answer.contains(begin))
                    .findFirst()
                    .orElse("");
            speak(whole.isEmpty() ? "what?" : whole.substring(whole.indexOf(begin) + begin.length()));
        }

        private void speak(String text) {
            toSay.add(text.strip());
            if (speaking == null) {
                next();
            }
        }

        private void next() {
            String text = toSay.poll();
            if (text == null || text.isEmpty()) {
                return;
            }
            String id = "r" + ++responses;
            speaking = id;
            tell(new S2sEvent.ResponseStarted(id));
            word(id, List.of(text.split(" ", -1)), 0);
        }

        private void word(String id, List<String> words, int at) {
            loop.schedule(PER_WORD, () -> {
                if (!id.equals(speaking)) {
                    return;
                }
                if (at == words.size()) {
                    speaking = null;
                    tell(new S2sEvent.ResponseDone(id));
                    next();
                    return;
                }
                tell(new S2sEvent.ResponseText(id, (at == 0 ? "" : " ") + words.get(at)));
                tell(new S2sEvent.ResponseAudio(id, tones.speak(8_000, words.get(at))));
                word(id, words, at + 1);
            });
        }

        @Override
        public void sendAudio(AudioFrame frame) {
            if (closed || deaf) {
                return;
            }
            AudioFrame linear = ear.convert(frame);
            boolean loud = isLoud(linear);
            if (loud && !inSpeech) {
                inSpeech = true;
                heard.reset();
                tell(new S2sEvent.SpeechStarted());
            }
            if (!inSpeech) {
                return;
            }
            heard.writeBytes(linear.data());
            silence = loud ? Duration.ZERO : silence.plus(frame.duration());
            if (silence.compareTo(END_OF_TURN) >= 0) {
                turnEnded();
            }
        }

        private void turnEnded() {
            inSpeech = false;
            silence = Duration.ZERO;
            String words = tones.hear(AudioFrame.of(AudioFormat.SLIN_8K, heard.toByteArray()));
            tell(new S2sEvent.SpeechStopped());
            tell(new S2sEvent.TurnEnded(loop.nanoTime()));
            tell(new S2sEvent.InputTranscript(words, true));
            loop.schedule(THINKING, () -> {
                if (!closed && !deaf) {
                    answer(words);
                }
            });
        }

        private static boolean isLoud(AudioFrame frame) {
            for (short sample : frame.toSamples()) {
                if (Math.abs(sample) > 1_000) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void interrupt(String responseId, Duration playedOut) {
            if (responseId.equals(speaking)) {
                speaking = null;
            }
        }

        @Override
        public void changeInstructions(String newInstructions) {
            changes.add(newInstructions);
        }

        @Override
        public void changeVoice(String newVoice) {
            changes.add(newVoice);
        }

        @Override
        public void toolResult(String callId, String result) {
            loop.schedule(THINKING, () -> {
                if (!closed && !deaf) {
                    speak(result);
                }
            });
        }

        @Override
        public void say(String text) {
            speak(text);
        }

        private void tell(S2sEvent event) {
            if (!closed && !deaf) {
                listener.onEvent(event);
            }
        }

        void breakOff() {
            String id = speaking;
            speaking = null;
            tell(new S2sEvent.ResponseDone(Objects.requireNonNull(id), true));
        }

        void tellLast(S2sEvent event) {
            tell(event);
            deaf = true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
                if (!deaf) {
                    listener.onEvent(new S2sEvent.Closed());
                }
            }
        }
    }

    /** What the last session was opened with. */
    Optional<S2sRequest> lastRequest() {
        return requests.isEmpty() ? Optional.empty() : Optional.of(requests.get(requests.size() - 1));
    }
}
