package dev.postrider.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    private static final DkimKey RSA = DkimKey.rsa("shop.example", "r", 2048);
    private static final DkimKey ED25519 = DkimKey.ed25519("shop.example", "e");

    @TempDir
    private Path folder;

    @Test
    void anRsaKeyIsReadInBothFormsAndIsTheSame() throws Exception {
        SigningKey pkcs8 = read(RSA.pem());
        SigningKey pkcs1 = read(RSA.pkcs1Pem());

        assertThat(pkcs8.algorithm()).isEqualTo(pkcs1.algorithm()).isEqualTo(Algorithm.RSA_SHA256);
        assertThat(pkcs8.sign(new byte[9])).isEqualTo(pkcs1.sign(new byte[9]));
    }

    @Test
    void anEd25519KeyIsRead() throws Exception {
        assertThat(read(ED25519.pem()).algorithm()).isEqualTo(Algorithm.ED25519_SHA256);
    }

    @Test
    void textAroundTheKeyAndOtherLineEndsDoNotMatter() throws Exception {
        String pem = "Bag Attributes\n" + RSA.publicPem() + "\n" + RSA.pem().replace("\n", "\r\n") + "# end\n";

        assertThat(read(pem).algorithm()).isEqualTo(Algorithm.RSA_SHA256);
    }

    @Test
    void itSaysWhatItIsAndNothingOfItself() throws Exception {
        assertThat(read(RSA.pem())).hasToString("RSA 2048");
        assertThat(read(ED25519.pem())).hasToString("Ed25519");
    }

    @Test
    void whatIsNoKeyThatSignsIsRefusedWithTheReason() throws Exception {
        String rsa = RSA.pem();
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        String otherCurve = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(curve.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";

        isRefused("", "it holds no private key");
        isRefused("secret", "it holds no private key");
        isRefused(RSA.publicPem(), "it holds no private key but a public one");
        isRefused(TestAuthority.create().certificatePem(), "it holds no private key but a certificate");
        isRefused(otherCurve, "its key is neither RSA nor Ed25519");
        isRefused(rsa.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "its key is encrypted; give one without");
        isRefused(
                RSA.pkcs1Pem().replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
                "its key is encrypted; give one without");
        isRefused(rsa.replace("PRIVATE KEY", "EC PRIVATE KEY"), "its key is for something else: EC PRIVATE KEY");
        isRefused(rsa.substring(0, 400) + "\n-----END PRIVATE KEY-----\n", "its key is damaged");
        isRefused(rsa.replaceFirst("\n.{64}\n", "\n"), "");
        isRefused(
                DkimKey.rsa("shop.example", "r", 1023).pem(), "an RSA key of 1023 bits; verifiers take 1024 at least");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithItsSetting() {
        assertThatThrownBy(() -> SigningKey.read("postrider.dkim.x", folder.resolve("none.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postrider.dkim.x: cannot read a private key from " + folder.resolve("none.pem")
                        + ": no such file (a PEM file with an RSA or Ed25519 key is expected)");
        assertThatThrownBy(() -> SigningKey.read("postrider.dkim.x", folder))
                .hasMessageStartingWith("postrider.dkim.x: cannot read a private key from " + folder);
    }

    private void isRefused(String pem, String why) {
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.dkim.x: cannot read a private key from ")
                .hasMessageContaining("key.pem: " + why);
    }

    private SigningKey read(String pem) throws Exception {
        return SigningKey.read("postrider.dkim.x", Files.writeString(folder.resolve("key.pem"), pem));
    }
}
