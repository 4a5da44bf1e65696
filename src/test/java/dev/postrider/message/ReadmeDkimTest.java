package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dkim.DkimConfig;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.fixture.DkimVerifiers;
import dev.postrider.fixture.DkimVerifiers.Verdict;
import dev.postrider.fixture.Readme;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does what the README's section on DKIM says has mail that others take for signed. */
class ReadmeDkimTest {

    @ConfigMapping(prefix = "postrider")
    interface Settings {
        DkimConfig dkim();
    }

    private static final Readme README = Readme.read().section("DKIM");

    @TempDir
    private Path folder;

    @Test
    void whatItSaysSigns() throws Exception {
        DkimVerifiers.require();
        DkimVerifiers verifiers =
                new DkimVerifiers(folder, printedBy(README.blocks("sh").get(0)));
        DkimConfig config = settings(README.blocks("properties").get(0));
        MessageSigner signer = new MessageSigner(Clock.systemUTC(), new SigningDomains(config), config.unsigned());

        Path own = message("own", signer, "info@shop.example");
        Path below = message("below", signer, "info@news.shop.example");

        assertThat(verifiers.dkimpy(List.of(own, below)))
                .hasSameElementsAs(verifiers.opendkim(List.of(own, below)))
                .containsExactlyInAnyOrder(
                        new Verdict("own", "rsa-sha256", true),
                        new Verdict("own", "ed25519-sha256", true),
                        new Verdict("below", "rsa-sha256", true),
                        new Verdict("below", "ed25519-sha256", true));
    }

    private List<String> printedBy(String commands) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor()).isZero();
        return lines;
    }

    /** The files are in the working directory, and that is not the test's. */
    private DkimConfig settings(String properties) throws IOException {
        Path page = Files.writeString(
                folder.resolve("application.properties"), properties.replaceAll("=(.*\\.pem)", "=" + folder + "/$1"));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(page.toUri().toURL(), 100))
                .build()
                .getConfigMapping(Settings.class)
                .dkim();
    }

    private Path message(String name, MessageSigner signer, String from) throws Exception {
        ComposedMessage message = Wire.compose(new Draft().from(mailbox(from)).request());
        return Files.write(folder.resolve(name), Wire.of(signer.sign(message)).octets());
    }
}
