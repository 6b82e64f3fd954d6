package io.patchcord.provider.deepgram;

class NovaTroublesTest extends ListenTroubles {

    NovaTroublesTest() {
        super(ListenModel.NOVA);
    }
}
