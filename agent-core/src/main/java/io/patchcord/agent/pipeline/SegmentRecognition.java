package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Cuts segments out of the caller's audio and has each recognised as a whole. Confined to the call loop. */
final class SegmentRecognition implements Recognition {

    private final SegmentSttEngine engine;
    private final CallLoop loop;
    private final Duration deadline;
    private final AudioConverter converter;
    private final SegmentBuffer buffer;

    SegmentRecognition(SegmentSttEngine engine, CallLoop loop, Duration deadline) {
        this.engine = engine;
        this.loop = loop;
        this.deadline = deadline;
        this.converter = new AudioConverter(engine.inputFormat());
        this.buffer = new SegmentBuffer(engine.inputFormat());
    }

    @Override
    public void accept(AudioFrame frame) {
        buffer.add(converter.convert(frame));
    }

    @Override
    public void forgetBefore(long position) {
        buffer.forgetBefore(position);
    }

    @Override
    public Part recognize(long from, long to, Runnable onSettled) {
        Part part = new Part(loop, deadline, onSettled);
        CompletionStage<Transcript> result = transcribe(buffer.cut(from, to));
        // A job that still waits for a thread need not be done when nobody wants it any more.
        part.onAbandoned(() -> result.toCompletableFuture().cancel(false));
        result.whenComplete((transcript, error) -> loop.execute(() -> settle(part, transcript, error)));
        return part;
    }

    private CompletionStage<Transcript> transcribe(AudioFrame segment) {
        try {
            return engine.transcribe(segment);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void settle(Part part, @Nullable Transcript transcript, @Nullable Throwable error) {
        if (transcript != null) {
            part.succeed(transcript.text());
        } else {
            part.fail(ProviderException.of(error == null ? new IllegalStateException("no transcript") : error));
        }
    }

    @Override
    public boolean keepsParts() {
        return false;
    }

    @Override
    public void close() {}
}
