package io.patchcord.agent.spi;

/** Receives what a streaming recogniser tells, on the call loop. */
public interface SttListener {

    void onEvent(SttEvent event);
}
