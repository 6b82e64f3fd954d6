package io.patchcord.agent.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened so far when the rest cannot be opened; for a try-with-resources statement. */
final class Opening implements AutoCloseable {

    private final Deque<Closing> opened = new ArrayDeque<>();

    /** Frees one thing. */
    interface Closing {

        void close();
    }

    void onFailure(Closing closing) {
        opened.push(closing);
    }

    /** All is open: nothing is to be closed. */
    void succeeded() {
        opened.clear();
    }

    @Override
    public void close() {
        opened.forEach(Closing::close);
    }
}
