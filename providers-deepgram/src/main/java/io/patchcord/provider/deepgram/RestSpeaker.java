package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/** Has clauses spoken by REST, one exchange for each, and tells on the call's loop what comes of it. Confined to that loop. */
final class RestSpeaker {

    private final OkHttpClient client;
    private final SpeakRequests requests;
    private final ExchangeErrors errors;
    private final CallLoop loop;
    private final User user;

    /** Who has clauses spoken. Told on the loop, also of a clause that has been forgotten meanwhile. */
    interface User {

        void audio(SpeakClause clause, AudioFrame audio);

        void done(SpeakClause clause);

        void failed(SpeakClause clause, ProviderException error);
    }

    RestSpeaker(OkHttpClient client, SpeakRequests requests, ExchangeErrors errors, CallLoop loop, User user) {
        this.client = client;
        this.requests = requests;
        this.errors = errors;
        this.loop = loop;
        this.user = user;
    }

    void speak(SpeakClause clause) {
        Call call = client.newCall(requests.rest(clause.text()));
        clause.exchangedBy(call);
        call.enqueue(new SpeakExchange(
                new SpeakExchange.Sink() {
                    @Override
                    public void audio(AudioFrame audio) {
                        loop.execute(() -> user.audio(clause, audio));
                    }

                    @Override
                    public void done() {
                        loop.execute(() -> user.done(clause));
                    }

                    @Override
                    public void failed(ProviderException error) {
                        loop.execute(() -> user.failed(clause, error));
                    }
                },
                errors));
    }
}
