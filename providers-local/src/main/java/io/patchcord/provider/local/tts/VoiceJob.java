package io.patchcord.provider.local.tts;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;

/**
 * One utterance for the pool. The listener is called on the pool's threads; after {@link #cancel} at most the call that
 * is under way.
 */
final class VoiceJob {

    /** A breath after a sentence, and less after part of one. */
    private static final int SENTENCE_TAIL = FliteVoice.SAMPLE_RATE_HZ * 150 / 1_000;

    private static final int CLAUSE_TAIL = FliteVoice.SAMPLE_RATE_HZ * 50 / 1_000;

    private final String text;
    private final Listener listener;
    private volatile boolean cancelled;

    /** What becomes of the utterance: audio, and then one of the other two, unless it is cancelled. */
    interface Listener {
        void onAudio(AudioFrame audio);

        void onDone();

        void onFailed(ProviderException error);
    }

    /**
     * @param text one of {@link SpeakableText#utterances}
     */
    VoiceJob(String text, Listener listener) {
        this.text = text;
        this.listener = listener;
    }

    void cancel() {
        cancelled = true;
    }

    void run(FliteVoice voice) {
        if (cancelled) {
            return;
        }
        SilenceTrimmer trimmer = new SilenceTrimmer(this::accept, endsSentence() ? SENTENCE_TAIL : CLAUSE_TAIL);
        try {
            voice.speak(text, (samples, count) -> !cancelled && trimmer.accept(samples, count), this::checkpoint);
        } catch (FliteException e) {
            if (!cancelled) {
                listener.onFailed(
                        new ProviderException(ProviderException.Kind.INTERNAL, String.valueOf(e.getMessage()), e));
            }
            return;
        }
        if (!cancelled) {
            trimmer.finish();
            listener.onDone();
        }
    }

    private boolean endsSentence() {
        return ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private boolean accept(short[] samples, int count) {
        listener.onAudio(AudioFrame.ofSamples(FliteVoice.SAMPLE_RATE_HZ, samples, 0, count));
        return !cancelled;
    }

    private void checkpoint() {
        if (cancelled) {
            throw new StopSpeaking();
        }
    }
}
