package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears, in words. */
final class RecordingListener implements AudioSocketListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        events.add(kind + " " + ByteBufUtil.hexDump(payload));
    }

    @Override
    public void onDtmf(char digit) {
        events.add("digit " + digit);
    }

    @Override
    public void onClosed(CloseReason reason) {
        events.add(reason.toString());
    }
}
