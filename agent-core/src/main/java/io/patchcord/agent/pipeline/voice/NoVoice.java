package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.spi.TtsSession;

/** Stands where no session is open yet: says nothing. */
enum NoVoice implements TtsSession {
    INSTANCE;

    @Override
    public void speak(String clauseId, String text) {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
