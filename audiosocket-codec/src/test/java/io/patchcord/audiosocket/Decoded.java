package io.patchcord.audiosocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.patchcord.audiosocket.AudioSocketMessage.Audio;
import io.patchcord.audiosocket.AudioSocketMessage.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a decoder made of a stream.
 *
 * @param messages in words, so that they can be compared
 * @param failure what it did not like; empty when it liked everything
 */
record Decoded(List<String> messages, String failure) {

    /** Decodes the stream, cut before each of the given places. */
    static Decoded of(AudioSocketDecoder decoder, byte[] stream, int... cuts) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        List<String> messages = new ArrayList<>();
        String failure = "";
        int start = 0;
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = stream.length;
        for (int end : ends) {
            try {
                channel.writeInbound(Unpooled.copiedBuffer(stream, start, end - start));
            } catch (DecoderException e) {
                failure = e.getCause().getMessage();
            }
            start = end;
            drain(channel, messages);
        }
        channel.finish();
        drain(channel, messages);
        return new Decoded(messages, failure);
    }

    private static void drain(EmbeddedChannel channel, List<String> messages) {
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            messages.add(inWords((AudioSocketMessage) message));
            ReferenceCountUtil.release(message);
        }
    }

    private static String inWords(AudioSocketMessage message) {
        if (message instanceof Audio audio) {
            return audio.kind() + " " + Bytes.hex(audio.payload());
        }
        if (message instanceof Unknown unknown) {
            return "unknown " + unknown.kind() + " " + Bytes.hex(unknown.payload());
        }
        return message.toString();
    }
}
