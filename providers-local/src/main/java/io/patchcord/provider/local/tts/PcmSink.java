package io.patchcord.provider.local.tts;

/** Takes the sound of an utterance as it is made, on the thread that makes it. */
@FunctionalInterface
interface PcmSink {

    /**
     * Takes the next samples.
     *
     * @param samples linear 16-bit samples at {@link FliteVoice#SAMPLE_RATE_HZ}; the array is used again after the call
     * @param count how many of them count
     * @return false to end the utterance
     */
    boolean accept(short[] samples, int count);
}
