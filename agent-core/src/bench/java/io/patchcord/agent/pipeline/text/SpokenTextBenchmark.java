package io.patchcord.agent.pipeline.text;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the text of an answer costs before it is spoken. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SpokenTextBenchmark {

    private final String answer = "We are **open** today, and we close at 5:30 p.m. Delivery costs $3.50, or 20% less"
            + " for members, e.g. of our [club](https://example.com/club). Call 555-123-4567 to ask for Dr. Smith.";

    @Benchmark
    public List<String> clauses() {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        chunker.add(answer);
        return chunker.finish();
    }

    @Benchmark
    public String spoken() {
        return TextForSpeech.spoken(answer);
    }
}
