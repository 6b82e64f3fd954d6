package io.patchcord.ari;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in Asterisk. Values: no event changes, and none is tied to the client.
 *
 * <p>Events of one socket are in order; events and answers to requests are not ordered relative to each other, so the
 * events of a channel that we make can come before the answer that made it.
 *
 * <p>What this hierarchy has no record for is an {@link Unknown}; fields that it does not know are ignored.
 */
public sealed interface AriEvent {

    /**
     * What all events carry.
     *
     * @param application the application to which it was sent
     * @param asteriskId the Asterisk it comes from, empty when that is not told
     * @param timestamp Asterisk's clock; {@link Instant#EPOCH} when there is none that can be read
     */
    record Origin(String application, String asteriskId, Instant timestamp) {}

    Origin origin();

    /** The application to which the event was sent. */
    default String application() {
        return origin().application();
    }

    /** Asterisk's clock. */
    default Instant timestamp() {
        return origin().timestamp();
    }

    /** An event about one channel. */
    sealed interface OfChannel extends AriEvent {
        Channel channel();
    }

    /**
     * A channel entered the application: a new call, or a channel that we made.
     *
     * @param replaced the channel whose place this one takes, after an attended transfer
     */
    record StasisStart(Origin origin, Channel channel, List<String> args, Optional<Channel> replaced)
            implements OfChannel {}

    /** A channel left the application: hung up, continued, moved. The last event of an incoming call. */
    record StasisEnd(Origin origin, Channel channel) implements OfChannel {}

    /** A channel came to be. */
    record ChannelCreated(Origin origin, Channel channel) implements OfChannel {}

    /** A channel is gone; comes for channels that we made or subscribed to. */
    record ChannelDestroyed(Origin origin, Channel channel, int cause, String causeText) implements OfChannel {}

    /** The earliest sign of a hang-up. */
    record ChannelHangupRequest(Origin origin, Channel channel, int cause, boolean soft) implements OfChannel {}

    /** A channel rings, or was answered. */
    record ChannelStateChange(Origin origin, Channel channel) implements OfChannel {}

    /** A digit was pressed and let go. */
    record ChannelDtmfReceived(Origin origin, Channel channel, String digit, Duration duration) implements OfChannel {}

    /** Confirms that a channel was put into a bridge. */
    record ChannelEnteredBridge(Origin origin, Bridge bridge, Channel channel) implements OfChannel {}

    /** Confirms that a channel was taken out of a bridge, or tells that it went. */
    record ChannelLeftBridge(Origin origin, Bridge bridge, Channel channel) implements OfChannel {}

    /** A variable changed; frequent. A global variable has no channel. */
    record ChannelVarset(Origin origin, Optional<Channel> channel, String variable, String value) implements AriEvent {}

    /** A channel runs another application of the dialplan. */
    record ChannelDialplan(Origin origin, Channel channel, String dialplanApp, String dialplanAppData)
            implements OfChannel {}

    /** A channel's own caller id changed. */
    record ChannelCallerId(Origin origin, Channel channel, int presentation, String presentationText)
            implements OfChannel {}

    /** The party to which a channel is connected changed. */
    record ChannelConnectedLine(Origin origin, Channel channel) implements OfChannel {}

    /** The channel's party put us on hold: it hears its own music now. */
    record ChannelHold(Origin origin, Channel channel, String musicClass) implements OfChannel {}

    /** The channel's party is back. */
    record ChannelUnhold(Origin origin, Channel channel) implements OfChannel {}

    /** Speech began, where {@code TALK_DETECT(set)} is set on the channel. */
    record ChannelTalkingStarted(Origin origin, Channel channel) implements OfChannel {}

    /** Speech ended; how long it was. */
    record ChannelTalkingFinished(Origin origin, Channel channel, Duration duration) implements OfChannel {}

    /** An event that a dialplan or another ARI client made up; its own fields as JSON text. */
    record ChannelUserevent(Origin origin, Optional<Channel> channel, String name, String json) implements AriEvent {}

    /** A tone for which TONE_DETECT was set (22 and later). */
    record ChannelToneDetected(Origin origin, Channel channel) implements OfChannel {}

    /** A SIP transfer that the application is to carry out (20.13, 22.3); the parties as JSON text. */
    record ChannelTransfer(Origin origin, String state, String referToJson, String referredByJson)
            implements AriEvent {}

    /**
     * How a call that we place gets on.
     *
     * @param status empty at the beginning, then RINGING, PROGRESS, ANSWER, BUSY, NOANSWER, CONGESTION, CHANUNAVAIL or
     *     CANCEL
     */
    record Dial(Origin origin, Channel peer, Optional<Channel> caller, String dialString, String status, String forward)
            implements AriEvent {}

    /** A playback began. */
    record PlaybackStarted(Origin origin, Playback playback) implements AriEvent {}

    /** The next of several media of a playback began. */
    record PlaybackContinuing(Origin origin, Playback playback) implements AriEvent {}

    /** A playback is over: played, stopped, or failed (see its state), or its channel hung up. */
    record PlaybackFinished(Origin origin, Playback playback) implements AriEvent {}

    /** A recording began. */
    record RecordingStarted(Origin origin, LiveRecording recording) implements AriEvent {}

    /** A recording is complete and stored. */
    record RecordingFinished(Origin origin, LiveRecording recording) implements AriEvent {}

    /** A recording came to nothing; its cause says why. */
    record RecordingFailed(Origin origin, LiveRecording recording) implements AriEvent {}

    /** A bridge came to be. */
    record BridgeCreated(Origin origin, Bridge bridge) implements AriEvent {}

    /** A bridge is gone. */
    record BridgeDestroyed(Origin origin, Bridge bridge) implements AriEvent {}

    /** The channels of one bridge went into another. */
    record BridgeMerged(Origin origin, Bridge bridge, Bridge from) implements AriEvent {}

    /** A party transferred the other to an extension. */
    record BridgeBlindTransfer(
            Origin origin,
            Channel channel,
            String context,
            String extension,
            String result,
            boolean external,
            Optional<Channel> replaced,
            Optional<Channel> transferee)
            implements OfChannel {}

    /** A party joined two of its calls and left. */
    record BridgeAttendedTransfer(
            Origin origin,
            Channel transfererFirstLeg,
            Channel transfererSecondLeg,
            String result,
            boolean external,
            String destinationType,
            Optional<Channel> replaced,
            Optional<Channel> transferee,
            Optional<Channel> target)
            implements AriEvent {}

    /** Another socket took the application over: calls go there from now on. The client does not fight for it. */
    record ApplicationReplaced(Origin origin) implements AriEvent {}

    /** An application was registered, by an outbound socket of Asterisk (20.15, 22.5). */
    record ApplicationRegistered(Origin origin) implements AriEvent {}

    /** An application is no longer registered, by an outbound socket of Asterisk (20.15, 22.5). */
    record ApplicationUnregistered(Origin origin) implements AriEvent {}

    /** A channel could not be moved to another application. */
    record ApplicationMoveFailed(Origin origin, Channel channel, String destination, List<String> args)
            implements OfChannel {}

    /**
     * An event of a type that this version has no record for, or one that lacks what its type needs.
     *
     * @param json the whole event as it came
     */
    record Unknown(Origin origin, String type, String json) implements AriEvent {}
}
