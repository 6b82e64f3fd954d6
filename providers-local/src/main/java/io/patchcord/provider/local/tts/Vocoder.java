package io.patchcord.provider.local.tts;

/**
 * Makes sound of flite's parameter tracks, in place of its {@code mlsa_resynthesis}: pulses and noise through a
 * mel-cepstral filter, with everything interpolated from frame to frame. It gives the same samples as flite's, which is one
 * long loop in one long method: HotSpot needs seven seconds of compiling to make that fast, and it is a third as fast then.
 */
final class Vocoder {

    // struct cst_track and struct cst_cg_db (include/cst_track.h, cst_cg.h), with pointers of four bytes.
    private static final int TRACK_FRAMES = 4;
    private static final int TRACK_CHANNELS = 8;
    private static final int TRACK_TIMES = 12;
    private static final int TRACK_ROWS = 16;
    private static final int VOICE_SAMPLE_RATE = 12;
    private static final int VOICE_ALPHA = 120;
    private static final int VOICE_POSTFILTER = 124;
    private static final int VOICE_BANDS = 136;
    private static final int VOICE_BAND_TAPS = 140;
    private static final int VOICE_BAND_FILTERS = 144;
    private static final int VOICE_GAIN = 152;

    private final FliteMemory memory;
    private final int rows;
    private final int strengthRows;
    private final double sampleRate;
    private final double gain;
    private final int frameSamples;
    private final MelCepstrum melCepstrum;
    private final MlsaFilter filter;
    private final Excitation excitation;
    private final double[] strengths;
    private final double[] cepstrum;
    private final double[] target;
    private final double[] current;
    private final double[] step;
    private double period;

    private Vocoder(FliteMemory memory, int track, int strengthTrack, int voice) {
        this.memory = memory;
        this.rows = memory.readInt(track + TRACK_ROWS);
        this.strengthRows = memory.readInt(strengthTrack + TRACK_ROWS);
        this.sampleRate = memory.readInt(voice + VOICE_SAMPLE_RATE);
        float voiceGain = memory.readFloat(voice + VOICE_GAIN);
        this.gain = voiceGain == 0 ? 1 : voiceGain;
        this.frameSamples = frameSamples(track);
        // Channel 0 is the pitch; the filter has one coefficient more than the track, which stays 0.
        int last = memory.readInt(track + TRACK_CHANNELS) - 1;
        double alpha = memory.readFloat(voice + VOICE_ALPHA);
        this.melCepstrum = new MelCepstrum(last + 1, alpha, memory.readFloat(voice + VOICE_POSTFILTER));
        this.filter = new MlsaFilter(last, alpha);
        double[][] bands = bands(voice);
        this.excitation = new Excitation(bands);
        this.strengths = new double[bands.length];
        this.cepstrum = new double[last + 1];
        this.target = new double[last + 1];
        this.current = new double[last + 1];
        this.step = new double[last + 1];
    }

    /**
     * Makes the sound and gives it to the memory's host, piece by piece.
     *
     * @param track a {@code cst_track} of pitch and mel-cepstrum
     * @param strengthTrack a {@code cst_track} of the strengths of voicing in the voice's bands
     * @param voice a {@code cst_cg_db}
     */
    static void speak(FliteMemory memory, int track, int strengthTrack, int voice) {
        if (strengthTrack == 0) {
            throw new FliteException("the voice has no mixed excitation");
        }
        new Vocoder(memory, track, strengthTrack, voice).run(memory.readInt(track + TRACK_FRAMES));
    }

    /** The first frame only sets the start; sound is made from each frame to the next. */
    private void run(int frames) {
        if (frames == 0) {
            return;
        }
        short[] piece = new short[Math.max(FliteVoice.CHUNK_SAMPLES, frameSamples)];
        int filled = 0;
        period = readFrame(0);
        excitation.startAt(period);
        System.arraycopy(target, 0, current, 0, current.length);
        for (int frame = 1; frame < frames; frame++) {
            if (filled + frameSamples > piece.length) {
                memory.host().take(piece, filled);
                filled = 0;
            }
            makeFrame(frame, piece, filled);
            filled += frameSamples;
        }
        memory.host().take(piece, filled);
    }

    private void makeFrame(int frame, short[] piece, int offset) {
        double nextPeriod = readFrame(frame);
        double periodStep = 0;
        if (period != 0 && nextPeriod != 0) {
            periodStep = (nextPeriod - period) / frameSamples;
        } else {
            excitation.startAt(nextPeriod);
            period = 0;
        }
        for (int k = 0; k < step.length; k++) {
            step[k] = (target[k] - current[k]) / frameSamples;
        }
        for (int i = 0; i < frameSamples; i++) {
            double x = excitation.next(period) * Math.exp(current[0]) * gain;
            piece[offset + i] = clipped(filter.filter(x, current));
            period += periodStep;
            for (int k = 0; k < step.length; k++) {
                current[k] += step[k];
            }
        }
        period = nextPeriod;
        System.arraycopy(target, 0, current, 0, current.length);
    }

    /** Sets the target and the excitation's shape from a frame; returns its pitch period in samples, 0 for no voice. */
    private double readFrame(int frame) {
        int row = memory.readInt(rows + 4 * frame);
        for (int k = 0; k < cepstrum.length - 1; k++) {
            cepstrum[k] = memory.readFloat(row + 4 * (k + 1));
        }
        melCepstrum.toFilter(cepstrum, target);
        int strengthRow = memory.readInt(strengthRows + 4 * frame);
        for (int band = 0; band < strengths.length; band++) {
            strengths[band] = memory.readFloat(strengthRow + 4 * band);
        }
        excitation.shape(strengths);
        float pitch = memory.readFloat(row);
        return pitch == 0 ? 0 : sampleRate / pitch;
    }

    private int frameSamples(int track) {
        int times = memory.readInt(track + TRACK_TIMES);
        double shift = memory.readInt(track + TRACK_FRAMES) > 1
                ? memory.readFloat(times + 4) - memory.readFloat(times)
                : 0.005;
        return (int) (0.5 + shift * sampleRate);
    }

    private double[][] bands(int voice) {
        int filters = memory.readInt(voice + VOICE_BAND_FILTERS);
        double[][] bands = new double[memory.readInt(voice + VOICE_BANDS)][memory.readInt(voice + VOICE_BAND_TAPS)];
        for (int band = 0; band < bands.length; band++) {
            int address = memory.readInt(filters + 4 * band);
            for (int tap = 0; tap < bands[band].length; tap++) {
                bands[band][tap] = memory.readDouble(address + 8 * tap);
            }
        }
        return bands;
    }

    private static short clipped(double sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
}
