package io.patchcord.audiosocket;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clock of all paced calls on one event loop: one timer for all of them, at absolute due times. Calls are spread over
 * the phases of a frame, so that they do not all send at the same moment. Confined to the event loop.
 */
final class Pacer implements Runnable {

    private static final int PHASES = 2;
    private static final long PHASE_NANOS = TimeUnit.MILLISECONDS.toNanos(AudioKind.FRAME_MS) / PHASES;
    /** After a stall of the event loop, at most two frames are made up for. */
    private static final int MAX_STEPS_BEHIND = 2 * PHASES;

    private final EventLoop loop;
    private final List<List<PacedCall<?>>> phases = new ArrayList<>(PHASES);
    private int calls;
    private long lastStep;

    Pacer(EventLoop loop) {
        this.loop = loop;
        for (int i = 0; i < PHASES; i++) {
            phases.add(new ArrayList<>());
        }
    }

    /**
     * Has the call ticked from now on.
     *
     * @return the step of its first tick, 20 ms from now, give or take half a phase
     */
    long add(PacedCall<?> call) {
        long now = loop.ticker().nanoTime();
        long firstStep = Math.floorDiv(now + PHASE_NANOS / 2, PHASE_NANOS) + PHASES;
        phase(firstStep).add(call);
        calls++;
        if (calls == 1) {
            lastStep = Math.floorDiv(now, PHASE_NANOS);
            scheduleNext(now);
        }
        return firstStep;
    }

    /** The calls that are ticked; one that is over is among them for at most 20 ms. */
    int calls() {
        return calls;
    }

    private List<PacedCall<?>> phase(long step) {
        return phases.get((int) Math.floorMod(step, (long) PHASES));
    }

    private void scheduleNext(long now) {
        var unused = loop.schedule(this, (lastStep + 1) * PHASE_NANOS - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        long step = Math.floorDiv(loop.ticker().nanoTime(), PHASE_NANOS);
        lastStep = Math.max(lastStep, step - MAX_STEPS_BEHIND);
        while (lastStep < step) {
            lastStep++;
            tick(phase(lastStep), lastStep, lastStep + PHASES > step);
        }
        if (calls > 0) {
            scheduleNext(loop.ticker().nanoTime());
        }
    }

    private void tick(List<PacedCall<?>> due, long step, boolean last) {
        for (int i = due.size() - 1; i >= 0; i--) {
            if (!due.get(i).tick(step, last)) {
                // The order does not matter: the last call takes the place of the one that is over.
                PacedCall<?> moved = due.remove(due.size() - 1);
                if (i < due.size()) {
                    due.set(i, moved);
                }
                calls--;
            }
        }
    }
}
