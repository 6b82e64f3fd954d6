package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoLeaksTest {

    @Test
    void forgottenBuffer_isFound() throws InterruptedException {
        // Given
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        forgetOneBuffer();
        // When
        List<String> leaks = new ArrayList<>();
        for (int attempt = 0; attempt < 50 && leaks.isEmpty(); attempt++) {
            leaks.addAll(NoLeaks.leaksNow());
        }
        // Then
        assertThat(leaks).isNotEmpty();
    }

    private static void forgetOneBuffer() {
        ByteBuf forgotten = ByteBufAllocator.DEFAULT.buffer(16);
        forgotten.writeByte(1);
    }
}
