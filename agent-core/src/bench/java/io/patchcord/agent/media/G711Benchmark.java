package io.patchcord.agent.media;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One frame of 160 samples from and to G.711. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class G711Benchmark {

    private static final int FRAME = 160;

    @Param
    private Law law;

    private final short[] samples = new short[FRAME];
    private final byte[] codes = new byte[FRAME];
    private final short[] decoded = new short[FRAME];
    private final byte[] encoded = new byte[FRAME];

    /** The laws alone: linear samples are no coding of G.711. */
    public enum Law {
        ULAW(Encoding.ULAW),
        ALAW(Encoding.ALAW);

        private final Encoding encoding;

        Law(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    @Setup
    public void makeNoise() {
        Random random = new Random(1);
        random.nextBytes(codes);
        for (int i = 0; i < FRAME; i++) {
            samples[i] = (short) random.nextInt();
        }
    }

    @Benchmark
    public short[] decode() {
        G711.decode(law.encoding, codes, 0, FRAME, decoded, 0);
        return decoded;
    }

    @Benchmark
    public byte[] encode() {
        G711.encode(law.encoding, samples, 0, FRAME, encoded, 0);
        return encoded;
    }
}
