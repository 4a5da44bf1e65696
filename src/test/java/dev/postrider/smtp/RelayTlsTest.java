package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTlsTest {

    @TempDir
    private Path folder;

    @Test
    void theNextSessionResumesTlsInsteadOfBeginningAnew() throws Exception {
        TestAuthority authority = TestAuthority.create();
        RelayTls tls = RelayTls.trusting(Optional.of(authority.writePem(folder.resolve("ca.pem"))));
        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost")).start()) {
            SSLSession first = connect(relay, tls);
            await().until(() -> System.currentTimeMillis() > first.getCreationTime());
            SSLSession second = connect(relay, tls);

            assertThat(second.getCreationTime()).isEqualTo(first.getCreationTime());
        }
    }

    private static SSLSession connect(ScriptedRelay relay, RelayTls tls) throws Exception {
        try (Socket plain = new Socket("localhost", relay.port());
                SSLSocket socket = tls.begin(plain, "localhost", relay.port())) {
            socket.getInputStream().read(); // The ticket comes with the first data.
            return socket.getSession();
        }
    }

    @Test
    void anAuthorityFileMayHoldSeveral() throws Exception {
        TestAuthority first = TestAuthority.create();
        TestAuthority second = TestAuthority.create();
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                "# ours\n" + first.certificatePem() + "\n# theirs\n" + second.certificatePem());
        RelayTls tls = RelayTls.trusting(Optional.of(both));

        for (TestAuthority authority : new TestAuthority[] {first, second}) {
            try (var relay =
                    ScriptedRelay.implicitTls(authority.issue("localhost")).start()) {
                assertThat(connect(relay, tls).isValid()).isTrue();
            }
        }
    }

    @Test
    void aRelaysOwnCertificateMayBeTrustedItself() throws Exception {
        var identity = TestAuthority.create().issue("localhost");
        Path own = identity.writePem(folder).chain();
        String leaf = Files.readString(own).split("(?<=-----END CERTIFICATE-----\n)")[0];
        RelayTls tls = RelayTls.trusting(Optional.of(Files.writeString(folder.resolve("leaf.pem"), leaf)));

        try (var relay = ScriptedRelay.implicitTls(identity).start()) {
            assertThat(connect(relay, tls).isValid()).isTrue();
        }
    }

    @Test
    void withoutAFileThePlatformsAuthoritiesAreTrusted() {
        assertThat(RelayTls.trusting(Optional.empty())).isNotNull();
    }

    @Test
    void aFileThatIsNotThereIsRefusedByTheNameOfTheSetting() {
        assertThatThrownBy(() -> RelayTls.trusting(Optional.of(folder.resolve("missing.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.trust-certificates: ")
                .hasMessageContainingAll("missing.pem", "no such file", "BEGIN CERTIFICATE");
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> RelayTls.trusting(Optional.of(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.trust-certificates: ");
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws Exception {
        assertRefused("", "it holds no certificate");
        assertRefused("hello\n", "BEGIN CERTIFICATE");
        assertRefused("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n", "BEGIN CERTIFICATE");
        assertRefused("-----BEGIN PRIVATE KEY-----\naGVsbG8=\n-----END PRIVATE KEY-----\n", "it holds no certificate");
    }

    @Test
    void aByteOrderMarkBeforeTheCertificatesDoesNoHarm() throws Exception {
        TestAuthority authority = TestAuthority.create();
        Path marked = Files.writeString(folder.resolve("ca.pem"), "\uFEFF" + authority.certificatePem());

        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost")).start()) {
            assertThat(connect(relay, RelayTls.trusting(Optional.of(marked))).isValid())
                    .isTrue();
        }
    }

    @Test
    void aFileInUtf16IsRefusedAsSuch() throws Exception {
        Path file = folder.resolve("ca.pem");
        Files.writeString(file, TestAuthority.create().certificatePem(), StandardCharsets.UTF_16);

        assertThatThrownBy(() -> RelayTls.trusting(Optional.of(file))).hasMessageContaining("it is in UTF-16");
    }

    private void assertRefused(String content, String why) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.pem"), content);
        assertThatThrownBy(() -> RelayTls.trusting(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.trust-certificates: ")
                .hasMessageContainingAll("bad.pem", why)
                .hasMessageNotContaining("\n");
    }
}
