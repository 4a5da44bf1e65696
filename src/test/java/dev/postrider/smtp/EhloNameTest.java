package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EhloNameTest {

    @Test
    void theConfiguredNameIsSaidAsItIs() throws Exception {
        InetAddress local = InetAddress.getByName("192.0.2.1");
        assertThat(new EhloName(new SmtpSettings().ehloName("orders-7.example.com")).from(local))
                .isEqualTo("orders-7.example.com");
        assertThat(new EhloName(new SmtpSettings().ehloName("orders-7")).from(local))
                .isEqualTo("orders-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders-7.example.com", "a.b", "xn--bcher-kva.example", "ip-10-0-0-1.eu-west-1.compute.internal"
            })
    void aFullNameHasADot(String name) {
        assertThat(EhloName.fullName(name)).contains(name);
    }

    /** Postfix' reject_non_fqdn_helo_hostname and reject_invalid_helo_hostname refuse all mail over such a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postrider-7d8f9-x2x",
                "localhost",
                "my_host.example.com",
                "-a.example.com",
                "example.com.",
                "192.0.2.1",
                "2001:db8:0:0:0:0:0:1%eth0",
                "bücher.example",
                "a..b",
                "a.example\r\nMAIL FROM:<x@example.com>",
                ""
            })
    void anythingElseIsNoFullName(String name) {
        assertThat(EhloName.fullName(name)).isEmpty();
    }

    @Test
    void aMachineWithoutAFullNameSaysTheAddressOfTheSession() throws Exception {
        assertThat(EhloName.literal(InetAddress.getByName("192.0.2.1"))).isEqualTo("[192.0.2.1]");
        assertThat(EhloName.literal(InetAddress.getByName("2001:db8::1"))).isEqualTo("[IPv6:2001:db8:0:0:0:0:0:1]");
        assertThat(EhloName.literal(Inet6Address.getByAddress(
                        "x", new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 1)))
                .isEqualTo("[IPv6:fe80:0:0:0:0:0:0:1]");
    }
}
