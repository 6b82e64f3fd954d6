package io.patchcord.provider.deepgram.testing;

/** Hears when audio comes to and leaves a {@link FakeVoiceAgentServer}; for measurements. Called on the server's threads. */
public interface FakeAgentObserver {

    /** Audio of the caller has arrived. */
    default void callerAudio(FakeAgentCall call, byte[] audio, long nanoTime) {}

    /** The first audio of a sentence is about to leave. */
    default void answers(FakeAgentCall call, long nanoTime) {}
}
