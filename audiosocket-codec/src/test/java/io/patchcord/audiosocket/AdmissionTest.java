package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.1.128/25, 192.168.1.128, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "fd00::/8, fd12:3456::1, true",
        "fd00::/8, fe80::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void block_containsItsAddressesOnly(String block, String literal, boolean contained) throws UnknownHostException {
        assertThat(Cidr.parse(block).contains(address(literal))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pbx.example.com",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "::1/129",
                "10.0.0.0/a"
            })
    void blockThatIsNone_isExplained(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not an address block")
                .hasMessageContaining("10.0.0.0/8");
    }

    @Test
    void emptyAllowList_letsEveryoneIn() throws UnknownHostException {
        assertThat(new Admission(List.of(), 1, 1).enter(address("203.0.113.9"))).isEmpty();
    }

    @Test
    void stranger_isNotLetIn_andNotCounted() throws UnknownHostException {
        Admission admission = new Admission(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1")), 9, 9);
        assertThat(admission.enter(address("10.1.1.1"))).isEmpty();
        assertThat(admission.enter(address("::1"))).isEmpty();
        assertThat(admission.enter(address("11.1.1.1"))).contains(Refusal.NOT_ALLOWED);
        assertThat(admission.connections()).isEqualTo(2);
    }

    @Test
    void caps_holdInAllAndPerSource_untilSomeoneLeaves() throws UnknownHostException {
        Admission admission = new Admission(List.of(), 3, 2);
        InetAddress one = address("10.0.0.1");
        InetAddress two = address("10.0.0.2");
        assertThat(admission.enter(one)).isEmpty();
        assertThat(admission.enter(one)).isEmpty();
        assertThat(admission.enter(one)).contains(Refusal.SOURCE_FULL);
        assertThat(admission.enter(two)).isEmpty();
        assertThat(admission.enter(two)).contains(Refusal.SERVER_FULL);
        admission.leave(one);
        assertThat(admission.enter(two)).isEmpty();
        admission.leave(one);
        assertThat(admission.enter(one)).isEmpty();
        assertThat(admission.connections()).isEqualTo(3);
    }
}
