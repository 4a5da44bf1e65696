package dev.postrider.dkim;

import dev.postrider.disk.LiveFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Who signs for which sending domain, as configured. Thread-safe. */
public final class SigningDomains {

    private static final String PREFIX = "postrider.dkim.domains.";

    // RFC 6376 §3.1 and RFC 5321 §4.1.2, and the underscore that some have in their selectors.
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern SELECTOR = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")+");

    private record Entry(SigningDomain domain, boolean subdomains) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** @throws IllegalArgumentException naming the setting that cannot work */
    public SigningDomains(DkimConfig config) {
        require(
                config.unsigned() != DkimConfig.Unsigned.REFUSE
                        || !config.domains().isEmpty(),
                "postrider.dkim.unsigned: with refuse nothing would be relayed, since no domain has a key in"
                        + " postrider.dkim.domains");
        new TreeMap<>(config.domains()).forEach((domain, settings) -> add(domain, settings));
    }

    /** Those configured, each once. */
    public List<SigningDomain> all() {
        return entries.values().stream().map(Entry::domain).toList();
    }

    /**
     * Who signs mail from this domain: itself, else the closest of its parents that signs for its subdomains.
     *
     * @param from in ASCII
     */
    public Optional<SigningDomain> of(String from) {
        String domain = from.toLowerCase(Locale.ROOT);
        Entry own = entries.get(domain);
        if (own != null) {
            return Optional.of(own.domain());
        }
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            Entry parent = entries.get(domain.substring(dot + 1));
            if (parent != null && parent.subdomains()) {
                return Optional.of(parent.domain());
            }
        }
        return Optional.empty();
    }

    private void add(String domain, DkimConfig.Domain settings) {
        String prefix = PREFIX + '"' + domain + '"';
        require(
                DOMAIN.matcher(domain).matches(),
                prefix + ": a domain, in ASCII (xn--...) and in quotes, as in " + PREFIX + "\"shop.example\"");
        require(!settings.keys().isEmpty(), prefix + ".keys: at least one, as in " + prefix + ".keys.SELECTOR=FILE");
        List<SigningDomain.Selector> selectors = new ArrayList<>();
        new TreeMap<>(settings.keys()).forEach((selector, file) -> selectors.add(selector(prefix, selector, file)));
        String name = domain.toLowerCase(Locale.ROOT);
        Entry before = entries.put(name, new Entry(new SigningDomain(name, selectors), settings.subdomains()));
        require(before == null, prefix + ": it is there twice, in upper and lower case");
    }

    private static SigningDomain.Selector selector(String prefix, String selector, Path file) {
        String setting = prefix + ".keys." + selector;
        require(
                SELECTOR.matcher(selector).matches(),
                setting + ": a selector is made of letters, digits, hyphens and dots");
        LiveFile<SigningKey> key = new LiveFile<>(setting, file, path -> SigningKey.read(setting, path));
        return new SigningDomain.Selector(selector, key::now);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
