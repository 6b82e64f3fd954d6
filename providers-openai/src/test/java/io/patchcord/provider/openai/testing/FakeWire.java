package io.patchcord.provider.openai.testing;

/** The client's side of a fake session. */
public interface FakeWire {

    void text(String message);

    void close(int code, String reason);

    /** Ends the connection without a word. */
    void cut();
}
