package io.patchcord.provider.local.tts;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The functions of flite that we call, by name, as its C headers declare them; every value is an address or a number of
 * 32 bits. They are looked up in {@code FliteFunctions}, which the build makes after these sources are compiled.
 */
final class FliteEntry {

    private static final MethodHandle FLITE_INIT = function("flite_init");
    private static final MethodHandle REGISTER_RMS = function("register_cmu_us_rms");
    private static final MethodHandle NEW_UTTERANCE = function("new_utterance");
    private static final MethodHandle SET_INPUT_TEXT = function("utt_set_input_text");
    private static final MethodHandle UTT_INIT = function("utt_init");
    private static final MethodHandle UTT_SYNTH = function("utt_synth");
    private static final MethodHandle NEW_TRACK = function("new_track");
    private static final MethodHandle TRACK_RESIZE = function("cst_track_resize");

    private FliteEntry() {}

    static void init(FliteMemory memory) {
        call(FLITE_INIT, memory);
    }

    /** The {@code cst_voice} of rms. */
    static int registerRms(FliteMemory memory) {
        return call(REGISTER_RMS, memory, 0);
    }

    /** Makes an utterance of the text and all its sound, which goes to the memory's host. */
    static void speak(FliteMemory memory, int voice, int text) {
        int utterance = call(NEW_UTTERANCE, memory);
        call(SET_INPUT_TEXT, memory, utterance, text);
        call(UTT_INIT, memory, utterance, voice);
        if (call(UTT_SYNTH, memory, utterance) == 0) {
            throw new FliteException("flite made nothing of the text");
        }
    }

    static int newTrack(FliteMemory memory, int frames, int channels) {
        int track = call(NEW_TRACK, memory);
        call(TRACK_RESIZE, memory, track, frames, channels);
        return track;
    }

    @SuppressWarnings("CheckReturnValue") // Few of the functions return anything that matters.
    private static int call(MethodHandle function, FliteMemory memory, int... arguments) {
        try {
            return switch (arguments.length) {
                case 0 -> (int) function.invokeExact(memory, memory);
                case 1 -> (int) function.invokeExact(arguments[0], memory, memory);
                case 2 -> (int) function.invokeExact(arguments[0], arguments[1], memory, memory);
                default -> (int) function.invokeExact(arguments[0], arguments[1], arguments[2], memory, memory);
            };
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new FliteException("flite threw", e);
        }
    }

    private static MethodHandle function(String name) {
        String type = FliteEntry.class.getPackageName() + ".FliteFunctions";
        try {
            Method method = Arrays.stream(Class.forName(type).getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchMethodException(name));
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            return handle.asType(handle.type().changeReturnType(int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type + " is not whole: the build makes it of flite's WebAssembly module, run 'mvn package'", e);
        }
    }
}
