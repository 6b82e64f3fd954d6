package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a session is opened with.
 *
 * @param callId of the call, for logs
 * @param loop the call's loop: the session is used on it, and calls its listener on it
 * @param inputFormat of the audio that will be sent to the session
 * @param outputFormat that suits the call best; the session may answer in another
 * @param instructions for the model; may be empty
 * @param greeting that the session speaks first, unless there is history; blank for none, and empty for one that the session
 *     finds itself if it {@linkplain S2sCapabilities#greets does that}
 * @param language as a BCP 47 tag
 * @param voice name as the provider knows it, if one was chosen
 * @param tools that the model may call
 * @param history of the conversation so far, when a session is reopened or taken over from another provider. If its last
 *     entry is the caller's words or what a tool returned, it awaits an answer, and the session answers it as soon as it
 *     is ready, without a new word of the caller's
 */
public record S2sRequest(
        String callId,
        CallLoop loop,
        AudioFormat inputFormat,
        AudioFormat outputFormat,
        String instructions,
        Optional<String> greeting,
        String language,
        Optional<String> voice,
        List<ToolSpec> tools,
        List<ConversationItem> history) {

    public S2sRequest {
        tools = List.copyOf(tools);
        history = List.copyOf(history);
    }
}
