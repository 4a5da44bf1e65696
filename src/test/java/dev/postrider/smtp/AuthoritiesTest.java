package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {

    private final String pem = TestAuthority.create().certificatePem();
    private final String renewed = TestAuthority.create().certificatePem();

    @TempDir
    private Path folder;

    private Path bundle;
    private Authorities authorities;
    private RelayTls first;

    @BeforeEach
    void readTheFirst() throws Exception {
        bundle = Files.writeString(folder.resolve("ca.pem"), pem);
        authorities = new Authorities(Optional.of(bundle));
        first = authorities.now();
    }

    @Test
    void aFileThatStaysTheSameIsNotReadAgain() {
        assertThat(authorities.now()).isSameAs(first);
    }

    @Test
    void aChangedFileIsReadOnce() throws Exception {
        Files.writeString(bundle, pem + renewed);

        RelayTls second = authorities.now();

        assertThat(second).isNotSameAs(first);
        assertThat(authorities.now()).isSameAs(second);
    }

    @Test
    void aFileReplacedByAnotherOfTheSameTimeAndSizeIsReadToo() throws Exception {
        Path other = Files.copy(bundle, folder.resolve("other.pem"), StandardCopyOption.COPY_ATTRIBUTES);

        Files.move(other, bundle, StandardCopyOption.ATOMIC_MOVE);

        assertThat(authorities.now()).isNotSameAs(first);
    }

    @Test
    void aLinkThatPointsElsewhereIsFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.pem"), bundle);
        Authorities linked = new Authorities(Optional.of(link));
        RelayTls before = linked.now();

        Files.delete(link);
        Files.createSymbolicLink(link, Files.writeString(folder.resolve("renewed.pem"), renewed));

        assertThat(linked.now()).isNotSameAs(before);
    }

    @Test
    void aBrokenFileKeepsTheAuthoritiesReadBefore() throws Exception {
        Files.writeString(bundle, "not a certificate");
        assertThat(authorities.now()).isSameAs(first);

        Files.delete(bundle);
        assertThat(authorities.now()).isSameAs(first);

        Files.writeString(bundle, renewed);
        assertThat(authorities.now()).isNotSameAs(first);
    }

    @Test
    void withoutAFileThePlatformsAreTrusted() {
        Authorities platform = new Authorities(Optional.empty());

        assertThat(platform.now()).isSameAs(platform.now());
    }
}
