package io.patchcord.provider.local.tts;

/**
 * flite's rms voice inside the JVM: the translated functions over a {@link FliteMemory} of 17 MB. The same text always
 * gives the same samples.
 */
final class EmbeddedFlite implements FliteVoice {

    private final FliteImage image;
    private FliteInstance instance;

    EmbeddedFlite(FliteImage image) {
        this.image = image;
        this.instance = new FliteInstance(image);
    }

    @Override
    public void speak(String text, PcmSink sink, Runnable checkpoint) {
        try {
            checkpoint.run();
            instance.speak(text, new FliteHost(sink, checkpoint));
        } catch (StopSpeaking e) {
            // Wanted, and nothing is left behind: the next utterance starts from the instance's first state.
        } catch (RuntimeException | StackOverflowError e) {
            instance = new FliteInstance(image);
            throw new FliteException("flite could not speak a text of " + text.length() + " characters: " + e, e);
        }
    }

    @Override
    public void close() {
        // All of it is Java memory.
    }
}
