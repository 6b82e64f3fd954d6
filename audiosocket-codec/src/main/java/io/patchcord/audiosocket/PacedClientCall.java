package io.patchcord.audiosocket;

/** A paced call in the role of Asterisk. */
final class PacedClientCall extends PacedCall<ClientConnection> implements AudioSocketClientCall {

    PacedClientCall(ClientConnection connection, long maxWaitingMicros) {
        super(connection, maxWaitingMicros);
    }

    @Override
    public boolean sendDtmf(char digit) {
        return connection().sendDtmf(digit);
    }
}
