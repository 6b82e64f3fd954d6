package io.patchcord.ari;

import java.net.URI;

/** The example of README.md; {@link ReadmeTest} checks that it is the same, and that it works. */
final class ReadmeExample {

    private ReadmeExample() {}

    // README begins here
    /** Answers each call, plays an announcement, and hangs up. */
    static final class Announcer implements AriListener {

        private final AriClient ari;

        Announcer(URI asterisk, String user, String password) {
            ari = AriClient.builder()
                    .uri(asterisk) // such as http://127.0.0.1:8088
                    .credentials(user, password)
                    .applications("announcement") // Stasis(announcement) in the dialplan
                    .listener(this)
                    .build();
            ari.connect();
        }

        @Override
        public void onEvent(AriEvent event) {
            if (event instanceof AriEvent.StasisStart start) {
                String call = start.channel().id();
                ari.channels()
                        .answer(call)
                        .thenCompose(answered -> ari.channels().play(call, PlayRequest.of("sound:demo-congrats")))
                        .exceptionallyCompose(
                                failed -> ari.channels().hangup(call).thenApply(done -> null));
            } else if (event instanceof AriEvent.PlaybackFinished finished) {
                ari.channels().hangup(finished.playback().targetUri().replace("channel:", ""));
            }
        }
    }
    // README ends here

    static AriClient start(URI asterisk) {
        return new Announcer(asterisk, "agent", "agent").ari;
    }
}
