package io.patchcord.audiosocket;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** A plain TCP peer, for what no well-behaved one does. */
final class Peer implements Closeable {

    static final byte[] ID = Bytes.hex("01 0010 40325ec25efd4bd3805f53576e581d13");

    private final Socket socket = new Socket();
    private final InputStream in;

    Peer(InetSocketAddress server) throws IOException {
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        socket.connect(server);
        in = socket.getInputStream();
    }

    /** Sends the bytes in one segment, or so it seems to the kernel. */
    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Peer send(String hex) throws IOException {
        return send(Bytes.hex(hex));
    }

    /** The next message, header included; empty at the end of the stream. */
    byte[] receive() throws IOException {
        byte[] header = in.readNBytes(Frames.HEADER_BYTES);
        if (header.length == 0) {
            return header;
        }
        int length = ((header[1] & 0xff) << 8) | (header[2] & 0xff);
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("in the middle of a message");
        }
        return Bytes.join(header, payload);
    }

    /** Reads on until a message that is not 20 ms of silence. */
    byte[] receiveAfterSilence() throws IOException {
        byte[] message = receive();
        while (Arrays.equals(message, Bytes.message(0x10, 320, 0))) {
            message = receive();
        }
        return message;
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void receiveBufferBytes(int bytes) throws IOException {
        socket.setReceiveBufferSize(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
