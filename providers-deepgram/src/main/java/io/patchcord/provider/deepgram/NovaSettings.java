package io.patchcord.provider.deepgram;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Listen v1 is to recognise.
 *
 * @param language instead of the call's
 * @param keyterms that are likely to be said
 * @param endpointing silence after which the turn is over; without it, a detector beside it has to say so
 * @param utteranceEnd gap between words after which the turn is over where there is noise and no silence
 * @param smartFormat whether numbers, dates and the like are written as such, which can hold words back
 * @param optOut whether Deepgram may not learn from the audio
 */
record NovaSettings(
        String model,
        Optional<String> language,
        List<String> keyterms,
        Optional<Duration> endpointing,
        Duration utteranceEnd,
        boolean smartFormat,
        boolean optOut) {}
