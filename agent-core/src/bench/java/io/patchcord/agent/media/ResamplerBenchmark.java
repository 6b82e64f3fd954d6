package io.patchcord.agent.media;

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

/** One frame of 20 ms from one rate to another. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ResamplerBenchmark {

    @Param({"8000-16000", "8000-24000", "16000-8000", "24000-8000", "24000-16000", "48000-8000"})
    private String rates;

    private Resampler resampler;
    private short[] in;
    private short[] out;

    @Setup
    public void makeNoise() {
        int dash = rates.indexOf('-');
        int fromHz = Integer.parseInt(rates.substring(0, dash));
        int toHz = Integer.parseInt(rates.substring(dash + 1));
        resampler = new Resampler(fromHz, toHz);
        in = new short[fromHz / 50];
        out = new short[toHz / 50];
        Random random = new Random(1);
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (random.nextInt(40_000) - 20_000);
        }
    }

    @Benchmark
    public int frame() {
        return resampler.process(in, 0, in.length, out, 0);
    }
}
