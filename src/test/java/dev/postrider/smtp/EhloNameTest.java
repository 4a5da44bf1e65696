package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class EhloNameTest {

    @Test
    void theConfiguredNameIsSaid() {
        assertThat(new EhloName(new SmtpSettings().ehloName("orders-7.example.com")).get())
                .isEqualTo("orders-7.example.com");
    }

    @Test
    void otherwiseTheNameOfThisMachineIsSaid() throws Exception {
        assertThat(EhloName.of("orders-7.example.com", InetAddress.getByName("192.0.2.1")))
                .isEqualTo("orders-7.example.com");
    }

    @Test
    void anAddressThatHasNoNameIsSaidAsALiteral() throws Exception {
        assertThat(EhloName.of("192.0.2.1", InetAddress.getByName("192.0.2.1"))).isEqualTo("[192.0.2.1]");
        assertThat(EhloName.of("2001:db8:0:0:0:0:0:1%eth0", InetAddress.getByName("2001:db8::1")))
                .isEqualTo("[IPv6:2001:db8:0:0:0:0:0:1]");
    }
}
