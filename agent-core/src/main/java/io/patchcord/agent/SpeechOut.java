package io.patchcord.agent;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.FrameAssembler;
import io.patchcord.agent.media.FrameClock;
import io.patchcord.agent.media.MediaPort;
import io.patchcord.agent.media.Playout;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way of response audio to the caller: into the call's format, cut into frames, queued for playout. Audio of a
 * response that was cut off is dropped by its id. Confined to the call loop.
 */
final class SpeechOut {

    private final Playout playout;
    private final AudioConverter converter;
    private final FrameAssembler assembler;
    private final Set<String> cut = new HashSet<>();
    /** Of which more may come. */
    private final Set<String> open = new LinkedHashSet<>();

    private String current = "";

    SpeechOut(MediaPort port, Playout playout) {
        this.playout = playout;
        this.converter = new AudioConverter(port.format());
        this.assembler = new FrameAssembler(port.format(), port.ptime());
    }

    void started(String responseId) {
        open.add(responseId);
    }

    void audio(String responseId, AudioFrame audio) {
        if (cut.contains(responseId)) {
            return;
        }
        open.add(responseId);
        if (!current.equals(responseId)) {
            flush();
            current = responseId;
        }
        assembler.add(converter.convert(audio), frame -> playout.enqueue(responseId, frame));
    }

    /** No more audio comes for the response. */
    void done(String responseId) {
        if (cut.remove(responseId) || !open.remove(responseId)) {
            return;
        }
        if (current.equals(responseId)) {
            flush();
        }
        playout.endOf(responseId);
    }

    /** No more audio comes for any response. */
    void allDone() {
        List.copyOf(open).forEach(this::done);
    }

    /** Stops the voice at once; says which responses were cut and how much of each was heard. */
    Map<String, Duration> stop() {
        Map<String, Duration> heard = new LinkedHashMap<>(playout.stop());
        open.forEach(id -> heard.putIfAbsent(id, Duration.ZERO));
        cut.addAll(open);
        open.clear();
        assembler.clear();
        converter.reset();
        current = "";
        return heard;
    }

    /** Whether a response is being made or heard. */
    boolean isBusy() {
        return !open.isEmpty() || playout.isBusy();
    }

    Playout playout() {
        return playout;
    }

    FrameClock.Snapshot frameClock() {
        return playout.clock().snapshot();
    }

    /** The rest of the current response, padded to a whole frame. */
    private void flush() {
        assembler.flush(frame -> playout.enqueue(current, frame));
        converter.reset();
    }
}
