package io.patchcord.examples;

import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketServer;
import java.io.File;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Plays a WAV file to every caller and hangs up; the dialplan goes on after {@code AudioSocket(${UUID()},127.0.0.1:9092)}.
 *
 * <p>Arguments: the WAV file, 16-bit mono, best at 8 kHz, which every Asterisk takes; and the port (9092).
 */
public final class AudioSocketAnnouncement {

    private AudioSocketAnnouncement() {}

    public static void main(String[] args) throws IOException, UnsupportedAudioFileException {
        if (args.length == 0) {
            System.err.println("Usage: AudioSocketAnnouncement announcement.wav [port]");
            System.exit(64);
        }
        try (AudioInputStream wav = AudioSystem.getAudioInputStream(new File(args[0]))) {
            int port = args.length > 1 ? Integer.parseInt(args[1]) : 9092;
            AudioSocketServer server = start(port, kindOf(wav.getFormat()), wav.readAllBytes());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
    }

    static AudioSocketServer start(int port, AudioKind kind, byte[] announcement) {
        return AudioSocketServer.builder().bind("127.0.0.1", port).startCalls(call -> {
            call.play(kind, announcement);
            call.hangupAfterPlayout();
            return (callersKind, pcm) -> {};
        });
    }

    private static AudioKind kindOf(AudioFormat format) {
        boolean linear = AudioFormat.Encoding.PCM_SIGNED.equals(format.getEncoding());
        if (!linear || format.getSampleSizeInBits() != 16 || format.getChannels() != 1) {
            throw new IllegalArgumentException("The announcement must be 16-bit mono, not " + format);
        }
        return AudioKind.ofSampleRate((int) format.getSampleRate())
                .orElseThrow(
                        () -> new IllegalArgumentException("AudioSocket has no " + format.getSampleRate() + " Hz"));
    }
}
