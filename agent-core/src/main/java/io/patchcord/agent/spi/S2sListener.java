package io.patchcord.agent.spi;

/** Receives the events of a session, on the call loop. */
public interface S2sListener {

    void onEvent(S2sEvent event);
}
