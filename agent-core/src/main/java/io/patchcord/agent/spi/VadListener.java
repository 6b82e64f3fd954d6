package io.patchcord.agent.spi;

/** Receives what the detector finds, on the call loop. */
public interface VadListener {

    /**
     * One window of audio was judged; in order, and each window once.
     *
     * @param speechProbability from 0 to 1
     * @param endSample count of samples since the session began, up to the end of the window
     */
    void onWindow(float speechProbability, long endSample);
}
