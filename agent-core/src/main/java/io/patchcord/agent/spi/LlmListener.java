package io.patchcord.agent.spi;

import java.util.Map;

/** Receives an answer as it is made, on the call loop. */
public interface LlmListener {

    /** More text, in order, in pieces of any size. */
    void onText(String delta);

    /** A tool is to be called. */
    void onToolCall(String callId, String name, Map<String, Object> arguments);

    /** The answer is complete. */
    void onDone();

    /** The answer breaks off; text that came before stands. */
    void onFailed(ProviderException error);
}
