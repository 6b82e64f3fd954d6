package io.patchcord.provider.deepgram;

class FluxTroublesTest extends ListenTroubles {

    FluxTroublesTest() {
        super(ListenModel.FLUX);
    }
}
