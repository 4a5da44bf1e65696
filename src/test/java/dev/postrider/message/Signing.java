package dev.postrider.message;

import dev.postrider.dkim.DkimConfig;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.fixture.DkimKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Settings of DKIM in the making, and the signer they give. */
public final class Signing implements DkimConfig {

    private final Path folder;
    private final Map<String, Map<String, Path>> keys = new HashMap<>();
    private final Map<String, Boolean> subdomains = new HashMap<>();
    private Unsigned unsigned = Unsigned.RELAY;

    /** @param folder for the key files */
    public Signing(Path folder) {
        this.folder = folder;
    }

    public Signing with(DkimKey key) {
        return with(key.domain(), key.selector(), key.write(folder));
    }

    Signing with(String domain, String selector, Path file) {
        keys.computeIfAbsent(domain, none -> new HashMap<>()).put(selector, file);
        return this;
    }

    Signing forSubdomainsOf(String domain) {
        subdomains.put(domain, true);
        return this;
    }

    public Signing unsigned(Unsigned value) {
        unsigned = value;
        return this;
    }

    public MessageSigner signer() {
        return new MessageSigner(Clock.fixed(Wire.NOW, ZoneOffset.UTC), new SigningDomains(this), unsigned);
    }

    @Override
    public Map<String, Domain> domains() {
        Map<String, Domain> domains = new HashMap<>();
        keys.forEach((domain, files) -> domains.put(domain, new Domain() {
            @Override
            public Map<String, Path> keys() {
                return files;
            }

            @Override
            public boolean subdomains() {
                return subdomains.getOrDefault(domain, false);
            }
        }));
        return domains;
    }

    @Override
    public Unsigned unsigned() {
        return unsigned;
    }
}
