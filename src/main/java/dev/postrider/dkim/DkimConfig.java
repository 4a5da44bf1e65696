package dev.postrider.dkim;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;

/** Whose mail is signed, and with what: {@code postrider.dkim.*}. */
public interface DkimConfig {

    /** By sending domain, the one of the From field, in quotes: {@code domains."shop.example"}. */
    Map<String, Domain> domains();

    /**
     * What becomes of mail from a domain without a key: it is relayed unsigned, or becomes a dead letter {@code
     * invalid-request}.
     */
    @WithDefault("relay")
    Unsigned unsigned();

    /** See {@link #unsigned()}. */
    enum Unsigned {
        /** As it is. */
        RELAY,
        /** Not at all. */
        REFUSE
    }

    /** {@code postrider.dkim.domains."shop.example".*} */
    interface Domain {

        /**
         * PEM files by selector, one signature for each. Its kind makes it RSA-SHA256 or Ed25519-SHA256. A file that
         * changes is read anew; if it cannot be, what it said before still applies.
         */
        Map<String, Path> keys();

        /**
         * Whether mail from a subdomain that has no keys of its own is signed in the name of this domain. Receivers take
         * that as aligned unless the domain's DMARC record says {@code adkim=s}.
         */
        @WithDefault("false")
        boolean subdomains();
    }
}
