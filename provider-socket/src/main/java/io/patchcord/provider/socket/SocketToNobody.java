package io.patchcord.provider.socket;

/** Takes everything and sends nothing. */
final class SocketToNobody implements ProviderSocket {

    @Override
    public boolean sendText(String text) {
        return true;
    }

    @Override
    public boolean sendBinary(byte[] bytes) {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {}
}
