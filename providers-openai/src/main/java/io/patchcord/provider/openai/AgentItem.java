package io.patchcord.provider.openai;

import io.patchcord.agent.media.AudioFrame;
import java.util.Arrays;

/**
 * A message of the agent's: its words, and how much audio of it came and was heard. Confined to the call loop.
 */
final class AgentItem {

    /** For audio that is not complete: about so long does a voice take for a character. */
    private static final long MS_PER_CHARACTER = 60;

    /** No voice is quicker. */
    private static final long LEAST_MS_PER_CHARACTER = 40;

    private final StringBuilder text = new StringBuilder();
    private final WireAudio wire;
    private String id;
    private boolean spokenHere = true;
    private boolean known = true;
    private int textWithAudio;
    private long audioBytes;
    private byte[] oddBytes = new byte[0];
    private boolean complete;
    private boolean cut;
    private long heardMs;

    AgentItem(String id, WireAudio wire) {
        this.id = id;
        this.wire = wire;
    }

    /** As the session that is current names it. */
    String id() {
        return id;
    }

    /** Whether the current session has its audio, which can be truncated, and not a text that we gave it. */
    boolean isSpokenHere() {
        return spokenHere;
    }

    /** Whether the current session can be told anything about it. */
    boolean isKnown() {
        return known && !id.isEmpty();
    }

    /**
     * It was given to another session as a text, under a new id.
     *
     * @param toldOf false if it was not, since nothing of it is in words
     */
    void movedTo(String newId, boolean toldOf) {
        id = newId;
        spokenHere = false;
        known = toldOf;
    }

    void addText(String delta) {
        text.append(delta);
    }

    /** More audio. The server cuts it anywhere, also in the middle of a sample: gives the whole samples there are now. */
    AudioFrame addAudio(byte[] piece) {
        byte[] bytes = oddBytes.length == 0 ? piece : joined(oddBytes, piece);
        int whole = bytes.length - bytes.length % wire.format().bytesPerSample();
        oddBytes = Arrays.copyOfRange(bytes, whole, bytes.length);
        audioBytes += whole;
        textWithAudio = text.length();
        return AudioFrame.of(wire.format(), whole == bytes.length ? bytes : Arrays.copyOf(bytes, whole));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** No more audio comes. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** How long the audio lasts that came so far, in whole milliseconds. */
    long audioMs() {
        return audioBytes / wire.bytesPerMs();
    }

    /**
     * No more comes, though it is not complete: its words are those that may have been in the audio that came. Words come
     * ahead of their audio, by how much is not told; rather one too many than one that is said twice.
     */
    void breakOff() {
        if (!complete) {
            int end = (int) Math.min(textWithAudio, audioMs() / LEAST_MS_PER_CHARACTER);
            int endOfWord = text.indexOf(" ", end);
            text.setLength(endOfWord < 0 ? text.length() : endOfWord);
            complete = true;
            cutAt(audioMs());
        }
    }

    /** The caller heard no more than this. */
    void cutAt(long ms) {
        cut = true;
        heardMs = ms;
    }

    /** Its words, as far as they were heard. */
    String heardText() {
        if (!cut) {
            return text.toString();
        }
        long estimate = text.length() * MS_PER_CHARACTER;
        long length = complete ? audioMs() : Math.max(audioMs(), estimate);
        if (heardMs >= length) {
            return text.toString();
        }
        int end = (int) (text.length() * heardMs / Math.max(1, length));
        return text.substring(0, Math.max(0, text.lastIndexOf(" ", end)));
    }

    boolean isCut() {
        return cut;
    }
}
