package dev.postrider.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.DkimKey;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the settings as an operator writes them to who signs. */
class SigningDomainsTest {

    @ConfigMapping(prefix = "postrider")
    interface Settings {
        DkimConfig dkim();
    }

    @TempDir
    private Path folder;

    private String key;

    @BeforeEach
    void writeTheKey() {
        key = DkimKey.ed25519("shop.example", "e").write(folder).toString();
    }

    @Test
    void aDomainSignsWithEachOfItsKeys() {
        String rsa = DkimKey.rsa("shop.example", "r", 2048).write(folder).toString();

        SigningDomains domains = domains(Map.of(
                "postrider.dkim.domains.\"shop.example\".keys.2026r", rsa,
                "postrider.dkim.domains.\"shop.example\".keys.\"a.2026\"", key,
                "postrider.dkim.domains.\"shop.example\".subdomains", "true"));

        assertThat(domains.all()).singleElement().hasToString("shop.example with 2026r (RSA 2048), a.2026 (Ed25519)");
        assertThat(domains.of("news.shop.example")).isPresent();
    }

    @Test
    void withoutSettingsNobodySigns() {
        SigningDomains domains = domains(Map.of());

        assertThat(domains.all()).isEmpty();
        assertThat(domains.of("shop.example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unsigned                                | refuse | postrider.dkim.unsigned: with refuse nothing would be relayed
            domains."shop.example".subdomains       | true   | postrider.dkim.domains."shop.example".keys: at least one
            domains."shop.example".keys.2026        | none   | postrider.dkim.domains."shop.example".keys.2026: cannot read a private key from none: no such file
            domains."shop.example".keys."-"         | KEY    | postrider.dkim.domains."shop.example".keys.-: a selector is made of
            domains."shop.example".keys."a b"       | KEY    | postrider.dkim.domains."shop.example".keys.a b: a selector is made of
            domains."bücher.example".keys.2026      | KEY    | postrider.dkim.domains."bücher.example": a domain, in ASCII (xn--...)
            domains."shop@shop.example".keys.2026   | KEY    | postrider.dkim.domains."shop@shop.example": a domain
            domains.example.keys.2026               | KEY    | postrider.dkim.domains."example": a domain
            """)
    void whatCannotWorkIsNamed(String setting, String value, String line) {
        String given = value.equals("KEY") ? key : value;

        assertThatThrownBy(() -> domains(Map.of("postrider.dkim." + setting, given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void aDomainIsThereOnce() {
        assertThatThrownBy(() -> domains(Map.of(
                        "postrider.dkim.domains.\"shop.example\".keys.a", key,
                        "postrider.dkim.domains.\"SHOP.example\".keys.b", key)))
                .hasMessageContaining("it is there twice");
    }

    private static SigningDomains domains(Map<String, String> settings) {
        return new SigningDomains(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(Settings.class)
                .dkim());
    }
}
