package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.provider.socket.ProviderSockets;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;

/** One call's stream to Listen: its audio goes through a {@link ListenLink}, its words come of {@link ListenTurns}. Confined to the call loop. */
final class ListenSession implements SttSession {

    /** The rest of the words comes in a fraction of this, or, when everything was told already, not at all. */
    private static final Duration LONGEST_FINISH = Duration.ofSeconds(1);

    private final CallLoop loop;
    private final ListenDialect dialect;
    private final String language;
    private final SttListener listener;
    private final ListenTurns turns;
    private final ListenLink link;
    private final Deadline finishing;
    private boolean ended;

    ListenSession(
            ProviderSockets sockets,
            DeepgramAccount account,
            ListenDialect dialect,
            CallLoop loop,
            String language,
            SttListener listener) {
        this.loop = loop;
        this.dialect = dialect;
        this.language = language;
        this.listener = listener;
        this.finishing = new Deadline(loop);
        this.link = new ListenLink(sockets, account, loop, new Messages());
        this.turns = dialect.newTurns(this::tell, link::sendText);
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        link.sendAudio(frame);
    }

    @Override
    public void finish() {
        if (ended) {
            return;
        }
        Optional<String> request = turns.finish();
        if (request.isEmpty() || link.isDown()) {
            loop.execute(this::expire);
            return;
        }
        link.afterAudio(() -> {
            link.sendText(request.get());
            finishing.set(LONGEST_FINISH, this::expire);
        });
    }

    private void expire() {
        if (!ended) {
            turns.expire();
        }
    }

    private void tell(SttEvent event) {
        if (!ended) {
            listener.onEvent(event);
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            finishing.cancel();
            link.close();
        }
    }

    /** What the link asks and tells. */
    private final class Messages implements ListenLink.User {

        @Override
        public HttpUrl address(AudioFormat format) {
            return dialect.address(format, language);
        }

        @Override
        public Optional<String> keepAlive() {
            return dialect.keepAlive();
        }

        @Override
        public boolean isQuiet() {
            return turns.isQuiet();
        }

        @Override
        public void connected() {
            turns.connected();
        }

        @Override
        public void message(JsonNode message) {
            turns.read(message);
        }

        @Override
        public void failed(ProviderException error) {
            finishing.cancel();
            ended = true;
            listener.onEvent(new SttEvent.Failed(error));
        }
    }
}
