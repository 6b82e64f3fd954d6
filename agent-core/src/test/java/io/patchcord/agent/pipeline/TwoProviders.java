package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;

/** A call, and two providers of whole conversations that know the same answer. */
abstract class TwoProviders {

    static final String QUESTION = "when are you open";
    static final String ANSWER = "we open at nine and close at five";

    /** What a provider says that cannot go on with an answer. */
    static final String CUT_OFF = "I'm sorry, I was cut off. What would you like to know?";

    /** The milliseconds after a question until four words of its answer have been told, and no fifth. */
    static final int FOUR_WORDS_OF_IT = 920;

    final FailoverCall call = new FailoverCall();
    final TalkingS2s first = new TalkingS2s("first", call.tones).answers(QUESTION, ANSWER);
    final TalkingS2s second = new TalkingS2s("second", call.tones).answers(QUESTION, ANSWER);
    final ProviderException down = new ProviderException(Kind.UNAVAILABLE, "down");
}
