package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Response;

/** What went wrong with an exchange by HTTP. Immutable. */
final class ExchangeErrors {

    private static final long MAX_BODY = 16_384;

    private final DeepgramErrors errors;

    ExchangeErrors(DeepgramErrors errors) {
        this.errors = errors;
    }

    static ProviderException broken(IOException error) {
        if (error instanceof InterruptedIOException) {
            return tooSlow(error);
        }
        return new ProviderException(
                Kind.UNAVAILABLE, "Deepgram cannot be reached, or the connection broke: " + error.getMessage(), error);
    }

    private static ProviderException tooSlow(IOException error) {
        return new ProviderException(Kind.TIMEOUT, "Deepgram took too long to answer", error);
    }

    static ProviderException noAudio(Response response) {
        return new ProviderException(
                Kind.INTERNAL, "Deepgram answered " + response.code() + " without audio; is DEEPGRAM_BASE_URL right?");
    }

    ProviderException refused(Response response) {
        return errors.refused(response.code(), response::header, body(response));
    }

    private static String body(Response response) {
        try {
            return response.peekBody(MAX_BODY).string();
        } catch (IOException e) {
            return "";
        }
    }
}
