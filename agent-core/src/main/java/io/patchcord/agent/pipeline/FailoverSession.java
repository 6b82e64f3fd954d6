package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Deadline;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's conversation, led by one provider's session after the other. Confined to the call loop; the receiver of the
 * events may call back while it is told one.
 */
final class FailoverSession implements S2sSession, Connection.Owner {

    private static final Logger log = LoggerFactory.getLogger(FailoverSession.class);

    private static final String TOOL_IS_LATE = "There was no answer in time. It is not known whether this was done.";

    private final String callId;
    private final SessionRequests requests;
    private final S2sListener listener;
    private final FailoverSettings settings;
    private final CallLoop loop;
    private final Standing standing;
    private final LastingAudio audio;
    private final SpareVoice spareVoice;
    private final SentenceGiver sentences;
    private final Patience patience;
    private final Succession succession;
    private final Queue<Consumer<S2sSession>> later = new ArrayDeque<>();
    private final OneVoice oneVoice;
    private final KeysInHand keys;
    private final Deadline tools;
    private @Nullable Connection connection;
    private FailoverMember leader;
    private boolean greets;
    private boolean failed;
    private boolean closed;

    FailoverSession(FailoverEngine engine, S2sRequest request, S2sListener listener) {
        this.callId = request.callId();
        this.requests = new SessionRequests(request);
        this.listener = listener;
        this.settings = engine.settings();
        this.leader = engine.members().get(0);
        this.loop = request.loop();
        this.audio = new LastingAudio(loop, this::pass);
        this.standing = new Standing(request.history(), audio);
        this.spareVoice = new SpareVoice(engine.spareVoice(), request, this::tell, this::spareVoiceIsDone);
        this.oneVoice = new OneVoice(spareVoice::isBusy, this::tell);
        this.sentences = new SentenceGiver(standing, spareVoice);
        this.patience = new Patience(loop, settings, standing, spareVoice, this::stalled);
        this.succession = new Succession(engine.members(), settings.giveUpAfter(), loop, this::open, this::giveUp);
        this.keys = new KeysInHand(loop);
        this.tools = new Deadline(loop, settings.giveUpAfter(), this::toolsAreLate);
        loop.execute(this::start);
    }

    private void start() {
        if (closed) {
            return;
        }
        tell(new S2sEvent.Ready());
        audio.deaf();
        patience.callBegan();
        succession.next();
    }

    /** Opens a session of this provider, with the conversation so far. */
    private void open(FailoverMember member, int number) {
        Handover.Plan plan = standing.handover().plan(member.engine().capabilities(), settings.phrases());
        standing.goesOnWith(plan);
        greets = plan.items().isEmpty() && requests.greets(member);
        if (greets) {
            standing.greetsWith(requests.greeting());
        }
        Connection next = new Connection(member, number, loop, settings.openTimeout(), this);
        connection = next;
        next.open(requests.with(member, plan.items()));
    }

    @Override
    public void onReady(Connection ready) {
        succession.found();
        log.debug("[{}] {} leads the conversation", callId, ready.member().name());
        leader = ready.member();
        requests.tellChanges(ready.member(), ready.session());
        if (greets) {
            audio.passOver();
        } else {
            audio.hearAgain();
        }
        while (!later.isEmpty() && ready.isReady()) {
            later.remove().accept(ready.session());
        }
        giveSentences();
        patience.sessionBegan();
    }

    @Override
    public void onEvent(Connection from, S2sEvent event) {
        standing.onEvent(event);
        if (event instanceof S2sEvent.TurnEnded || event instanceof S2sEvent.ResponseStarted) {
            keys.settled();
        }
        patience.told(event);
        oneVoice.tell(event);
        if (event instanceof S2sEvent.ResponseDone) {
            giveSentences();
        }
    }

    private void spareVoiceIsDone() {
        oneVoice.goOn();
    }

    private void stalled() {
        Connection current = connection;
        if (current != null) {
            current.fail(new ProviderException(
                    Kind.TIMEOUT, "no audio for " + settings.stall().toMillis() + " ms where an answer was due"));
        }
    }

    @Override
    public void onFailed(Connection from, ProviderException error) {
        if (closed || failed || from != connection) {
            return;
        }
        connection = null;
        log.warn("[{}] {} failed: {} ({})", callId, from.member().name(), error.getMessage(), error.kind());
        patience.sessionEnded();
        audio.deaf();
        standing.sessionEnded().forEach(response -> oneVoice.tell(new S2sEvent.ResponseDone(response)));
        keys.take().chars().forEach(key -> sendDtmf((char) key));
        succession.failed(from.member(), error);
        goOn();
    }

    /** Looks for the next provider, unless tools have to answer first. */
    private void goOn() {
        if (closed) {
            return;
        }
        patience.looksOn();
        if (standing.waitsForTools()) {
            tools.start();
        } else {
            tools.stop();
            succession.next();
        }
    }

    /** A conversation that goes on without them is better than none. */
    private void toolsAreLate() {
        if (connection == null) {
            standing.toolsAreLate(TOOL_IS_LATE);
            goOn();
        }
    }

    /** Nobody can go on. */
    private void giveUp(ProviderException error) {
        patience.end();
        spareVoice.say(settings.phrases().farewell(), () -> {
            tell(new S2sEvent.Failed(error));
            failed = true;
        });
    }

    private void giveSentences() {
        if (connection != null && connection.isReady()) {
            sentences.giveTo(connection);
        }
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        audio.accept(frame);
    }

    private void pass(AudioFrame frame) {
        toReady(session -> session.sendAudio(frame));
    }

    @Override
    public void sendDtmf(char digit) {
        toSession(session -> {
            keys.press(digit);
            session.sendDtmf(digit);
        });
    }

    @Override
    public void say(String text) {
        standing.sentences().add(text);
        giveSentences();
        patience.hasToSpeak();
    }

    @Override
    public void interrupt(String responseId, Duration playedOut) {
        if (spareVoice.interrupt(responseId)) {
            return;
        }
        patience.interrupted();
        standing.interrupted(responseId, playedOut);
        Connection current = connection;
        String inner = current == null ? null : current.innerId(responseId);
        if (current != null && current.isReady() && inner != null) {
            current.session().interrupt(inner, playedOut);
        }
    }

    @Override
    public void playedOut(String responseId) {
        Connection current = connection;
        String inner = current == null ? null : current.innerId(responseId);
        if (current != null && current.isReady() && inner != null) {
            current.session().playedOut(inner);
        }
    }

    @Override
    public void toolResult(String callId, String result) {
        boolean waited = standing.waitsForTools();
        standing.toolReturned(callId, result);
        Connection current = connection;
        String inner = current == null ? null : current.innerId(callId);
        if (current == null) {
            if (waited) {
                goOn();
            }
        } else if (current.isReady() && inner != null) {
            current.session().toolResult(inner, result);
            patience.hasToGoOn();
        }
    }

    /** Also of the sessions to come. */
    @Override
    public void changeInstructions(String newInstructions) {
        requests.changeInstructions(newInstructions);
        toReady(session -> session.changeInstructions(newInstructions));
    }

    /** Also of the sessions to come with the provider that speaks, or spoke last; another has its own voices. */
    @Override
    public void changeVoice(String newVoice) {
        requests.changeVoice(leader, newVoice);
        toReady(session -> session.changeVoice(newVoice));
    }

    private void toReady(Consumer<S2sSession> action) {
        if (connection != null && connection.isReady()) {
            action.accept(connection.session());
        }
    }

    private void toSession(Consumer<S2sSession> action) {
        if (connection != null && connection.isReady()) {
            action.accept(connection.session());
        } else {
            later.add(action);
        }
    }

    private void tell(S2sEvent event) {
        if (!closed && !failed) {
            listener.onEvent(event);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        patience.end();
        tools.stop();
        audio.close();
        succession.close();
        spareVoice.close();
        if (connection != null) {
            connection.close();
        }
        loop.execute(() -> listener.onEvent(new S2sEvent.Closed()));
    }
}
