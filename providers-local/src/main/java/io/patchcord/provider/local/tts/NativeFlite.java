package io.patchcord.provider.local.tts;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * flite's rms voice in the system's own library (Debian: {@code libflite1}), through JNA. All state of an utterance is in
 * its own {@code cst_utterance}; the voice, which instances share, is only read.
 */
final class NativeFlite implements FliteVoice {

    private static final Logger log = LoggerFactory.getLogger(NativeFlite.class);

    private static final int STREAM_CONTINUE = 0;
    private static final int STREAM_STOP = -1;

    // struct cst_audio_streaming_info: int min_buffsize; callback ...
    private static final int INFO_MIN_BUFFER = 0;
    private static final int INFO_CALLBACK = Native.POINTER_SIZE;

    // struct cst_wave: char *type; int sample_rate, num_samples, num_channels; short *samples.
    private static final int WAVE_SAMPLES = (Native.POINTER_SIZE + 3 * Integer.BYTES + Native.POINTER_SIZE - 1)
            / Native.POINTER_SIZE
            * Native.POINTER_SIZE;

    private static final Map<String, Object> OPTIONS =
            Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.US_ASCII.name());

    private final Libraries libraries;
    private final Pointer voice;
    private final Chunks chunks = this::onChunk;
    private @Nullable PcmSink sink;
    private @Nullable Runnable checkpoint;
    private @Nullable Throwable thrown;
    private short[] samples = new short[2_048];

    /** The functions of libflite that we call, named as in its headers. */
    interface Flite extends Library {
        int flite_init();

        Pointer new_audio_streaming_info();

        Pointer audio_streaming_info_val(Pointer info);

        void feat_set(Pointer features, Pointer name, Pointer value);

        Pointer new_utterance();

        Pointer utt_set_input_text(Pointer utterance, String text);

        Pointer utt_init(Pointer utterance, Pointer voice);

        @Nullable
        Pointer utt_synth(Pointer utterance);

        void delete_utterance(Pointer utterance);
    }

    /** The library of the voice. */
    interface Rms extends Library {
        Pointer register_cmu_us_rms(@Nullable String folder);
    }

    /** flite's {@code cst_audio_stream_callback}. */
    interface Chunks extends Callback {
        int invoke(Pointer wave, int start, int size, int last, Pointer info);
    }

    /** What was found on this machine, and the name that flite keeps a pointer to. */
    record Libraries(Flite flite, Rms rms, Memory streamingInfo) {}

    private NativeFlite(Libraries libraries) {
        this.libraries = libraries;
        this.voice = libraries.rms().register_cmu_us_rms(null);
    }

    /** The libraries by their sonames, or nothing where they are not installed or cannot be loaded. */
    static Optional<Libraries> find() {
        return find("libflite.so.1", "libflite_cmu_us_rms.so.1");
    }

    static Optional<Libraries> find(String flite, String rms) {
        try {
            Memory name = new Memory("streaming_info".length() + 1L);
            name.setString(0, "streaming_info", StandardCharsets.US_ASCII.name());
            Libraries found =
                    new Libraries(Native.load(flite, Flite.class, OPTIONS), Native.load(rms, Rms.class, OPTIONS), name);
            found.flite().flite_init();
            return Optional.of(found);
        } catch (LinkageError e) {
            log.debug(
                    "no native flite: {}",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    /** Instances are made one after the other: flite registers the voice at the first. */
    static synchronized NativeFlite open(Libraries libraries) {
        return new NativeFlite(libraries);
    }

    @Override
    public void speak(String text, PcmSink newSink, Runnable newCheckpoint) {
        sink = newSink;
        checkpoint = newCheckpoint;
        thrown = null;
        try {
            newCheckpoint.run();
            make(text);
        } catch (StopSpeaking e) {
            return;
        }
        if (thrown != null && !(thrown instanceof StopSpeaking)) {
            throw new FliteException("could not take flite's sound: " + thrown, thrown);
        }
    }

    private void make(String text) {
        Flite flite = libraries.flite();
        Pointer utterance = flite.new_utterance();
        try {
            flite.utt_set_input_text(utterance, text);
            Pointer info = flite.new_audio_streaming_info();
            info.setInt(INFO_MIN_BUFFER, CHUNK_SAMPLES - 1);
            info.setPointer(INFO_CALLBACK, CallbackReference.getFunctionPointer(chunks));
            // The utterance owns the info from here on; it comes before the voice's features, which utt_init links in.
            flite.feat_set(utterance.getPointer(0), libraries.streamingInfo(), flite.audio_streaming_info_val(info));
            flite.utt_init(utterance, voice);
            if (flite.utt_synth(utterance) == null) {
                throw new FliteException("flite made nothing of a text of " + text.length() + " characters");
            }
        } finally {
            flite.delete_utterance(utterance);
        }
    }

    /** Called by flite on the thread that speaks. Nothing may be thrown through C. */
    private int onChunk(Pointer wave, int start, int size, int last, Pointer info) {
        try {
            if (checkpoint == null || sink == null) {
                return STREAM_STOP;
            }
            checkpoint.run();
            if (size > samples.length) {
                samples = new short[size];
            }
            wave.getPointer(WAVE_SAMPLES).read(2L * start, samples, 0, size);
            return sink.accept(samples, size) ? STREAM_CONTINUE : STREAM_STOP;
        } catch (Throwable e) {
            thrown = e;
            return STREAM_STOP;
        }
    }

    @Override
    public void close() {
        sink = null;
        checkpoint = null;
    }
}
