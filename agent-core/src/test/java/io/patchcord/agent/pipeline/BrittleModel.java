package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A model that tells what it was taught word by word, goes on with what was cut off, and breaks in it when it is told to. */
final class BrittleModel implements LlmEngine {

    private static final Duration PER_WORD = Duration.ofMillis(40);

    private final Map<String, String> answers;
    private int breakAfter = Integer.MAX_VALUE;
    private ProviderException error = new ProviderException(ProviderException.Kind.UNAVAILABLE, "reset");
    private int open;

    /**
     * @param answers by their questions
     */
    BrittleModel(Map<String, String> answers) {
        this.answers = answers;
    }

    /** The next answer breaks off after so many words, if it has more. */
    void breakOffAfter(int words, ProviderException why) {
        breakAfter = words;
        error = why;
    }

    /** How many sessions are open. */
    int open() {
        return open;
    }

    @Override
    public String description() {
        return "brittle";
    }

    @Override
    public LlmSession open(LlmRequest request) {
        open++;
        return new LlmSession() {

            private boolean closed;

            @Override
            public Generation respond(List<ConversationItem> history, LlmListener listener) {
                int most = breakAfter;
                breakAfter = Integer.MAX_VALUE;
                Answer answer = new Answer(request.loop(), listener, most);
                answer.word(List.of(answer(history).split(" ", -1)), 0);
                return answer;
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open--;
                }
            }
        };
    }

    @Override
    public void close() {}

    private String answer(List<ConversationItem> history) {
        String last = ((ConversationItem.CallerSaid) history.get(history.size() - 1)).text();
        String known = answers.get(last);
        if (known != null) {
            return known;
        }
        if (history.size() > 1 && history.get(history.size() - 2) instanceof ConversationItem.AgentSaid begun) {
            return answers.values().stream()
                    .filter(answer -> answer.startsWith(begun.text()))
                    .map(answer -> answer.substring(begun.text().length()).strip())
                    .findFirst()
                    .orElse("what?");
        }
        return "what?";
    }

    private final class Answer implements LlmSession.Generation {

        private final CallLoop loop;
        private final LlmListener listener;
        private final int most;
        private CallLoop.Timer timer;

        Answer(CallLoop loop, LlmListener listener, int most) {
            this.loop = loop;
            this.listener = listener;
            this.most = most;
        }

        void word(List<String> words, int at) {
            timer = loop.schedule(PER_WORD, () -> {
                if (at == words.size()) {
                    listener.onDone();
                } else if (at == most) {
                    listener.onFailed(error);
                } else {
                    word(words, at + 1);
                    listener.onText((at == 0 ? "" : " ") + words.get(at));
                }
            });
        }

        @Override
        public void cancel() {
            timer.cancel();
        }
    }
}
