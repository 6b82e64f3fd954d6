package io.patchcord.provider.openai;

import java.util.HashSet;
import java.util.Set;

/**
 * Items that the server was sent and has not told to have: a response that it begins by itself meanwhile was made without
 * them, so that they await another one. Confined to the call loop.
 */
final class LateItems {

    private final ResponseRequests requests;
    private final Set<String> onTheirWay = new HashSet<>();

    LateItems(ResponseRequests requests) {
        this.requests = requests;
    }

    /** An item that awaits an answer is on its way. */
    void sent(String id) {
        onTheirWay.add(id);
    }

    /** The server has it. */
    void added(String id) {
        onTheirWay.remove(id);
    }

    /**
     * A response begins.
     *
     * @param asked whether it was asked for: {@link ResponseRequests} knows what was sent after that
     */
    void responseBegins(boolean asked) {
        if (!asked && !onTheirWay.isEmpty()) {
            requests.owe();
        }
        onTheirWay.clear();
    }

    /** There is no session any more; the next one is told all of them. */
    void lost() {
        onTheirWay.clear();
    }
}
