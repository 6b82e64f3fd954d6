package io.patchcord.ari;

import java.util.Map;

/**
 * Where a channel goes on in the dialplan. Asterisk does not check that the place exists; the call drops when it does
 * not.
 *
 * @param parameters as Asterisk names them
 */
public record DialplanTarget(Map<String, Object> parameters) {

    public DialplanTarget {
        parameters = Parameters.immutable(parameters);
    }

    /** The step after the one that brought the channel into Stasis. */
    public static DialplanTarget next() {
        return new DialplanTarget(Map.of());
    }

    /** An extension of the context in which the channel is. */
    public static DialplanTarget extension(String extension) {
        return new DialplanTarget(new Parameters()
                .text("extension", Parameters.required("extension", extension))
                .toMap());
    }

    /** The first step of an extension. */
    public static DialplanTarget of(String context, String extension) {
        return of(context, extension, 1);
    }

    public static DialplanTarget of(String context, String extension, int priority) {
        return new DialplanTarget(
                place(context, extension).number("priority", priority).toMap());
    }

    /** A labelled step of an extension. */
    public static DialplanTarget labelled(String context, String extension, String label) {
        return new DialplanTarget(place(context, extension)
                .text("label", Parameters.required("label", label))
                .toMap());
    }

    private static Parameters place(String context, String extension) {
        return new Parameters()
                .text("context", Parameters.required("context", context))
                .text("extension", Parameters.required("extension", extension));
    }
}
