package io.patchcord.examples;

import io.patchcord.audiosocket.AudioSocketServer;

/**
 * Says back to every caller what the caller says. In the dialplan: {@code AudioSocket(${UUID()},127.0.0.1:9092)}.
 *
 * <p>Arguments: the port (9092) and the address (127.0.0.1) to listen on. {@code kill} ends it in order.
 */
public final class AudioSocketEcho {

    private AudioSocketEcho() {}

    public static void main(String[] args) {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 9092;
        String address = args.length > 1 ? args[1] : "127.0.0.1";
        AudioSocketServer server =
                AudioSocketServer.builder().bind(address, port).warmUp().startCalls(call -> call::relay);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }
}
