package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A call whose cascade takes a stream to its recogniser, of either kind. */
abstract class StreamedCascade {

    static final CascadeSettings.Phrases PHRASES =
            new CascadeSettings.Phrases("Too busy.", "Some trouble.", "Say again?", "Call later.");

    final Call call = new Call();
    final ScriptedStreamingStt findsTurns = new ScriptedStreamingStt(call.tones, true);
    final ScriptedStreamingStt isTold = new ScriptedStreamingStt(call.tones, false);
    private ScriptedStreamingStt used = findsTurns;

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    final void use(ScriptedStreamingStt ears) {
        used = ears;
        call.ears = ears;
    }

    final void useWithoutVad(ScriptedStreamingStt ears) {
        use(ears);
        call.vad = Optional.empty();
    }

    final ScriptedStreamingStt ears(boolean itFindsTurns) {
        return itFindsTurns ? findsTurns : isTold;
    }

    /** The stream that is open breaks. */
    final void breakStream() {
        used.fail(Call.failure(Kind.UNAVAILABLE));
    }
}
