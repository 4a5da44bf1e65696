package dev.postrider.dkim;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks whether what receivers check vouches for the domain of the From field (RFC 7489 §3.1): DKIM for the one that signed,
 * SPF for the one of the reverse-path. Warns once for each pair of domains. Thread-safe.
 */
public final class Alignment {

    private static final Logger LOG = Logger.getLogger(Alignment.class);

    /** Whoever sends from that many has read the warning by then. */
    private static final int MOST = 1000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param from domain of the From field
     * @param reversePath domain of the reverse-path; empty for the null path, where SPF asks for the EHLO name instead
     * @param signedBy domain of the signature, which is the From field's or a parent of it; empty: nobody signed
     */
    public void look(String from, Optional<String> reversePath, Optional<String> signedBy) {
        if (reversePath.isEmpty() || sameOrganization(from, reversePath.get())) {
            return;
        }
        String returnsTo = reversePath.get();
        if (told.size() < MOST && told.add(from + " " + returnsTo + " " + signedBy.isPresent())) {
            LOG.warn(signedBy.isPresent() ? signedOnly(from, returnsTo, signedBy.get()) : neither(from, returnsTo));
        }
    }

    /** What mail from a domain without a key will meet; no warning, since nobody knows yet whether there is such mail. */
    public void foreseeUnsigned(String returnsTo) {
        LOG.infof(
                "mail from a domain without a key in postrider.dkim.domains is not signed here and returns to %s, unless"
                        + " its request names a returnPath: neither DKIM nor SPF vouches for it (RFC 7489), unless it is"
                        + " of the same organization or the relay signs it",
                returnsTo);
    }

    private static String neither(String from, String returnsTo) {
        return "mail from " + from + " is not signed here and returns to " + returnsTo
                + ": neither DKIM nor SPF vouches for "
                + from
                + " (RFC 7489), unless the relay signs it; give it a key in postrider.dkim.domains, or a returnPath"
                + " in " + from;
    }

    private static String signedOnly(String from, String returnsTo, String signedBy) {
        return "mail from " + from + " returns to " + returnsTo + ": SPF does not vouch for " + from
                + " (RFC 7489), so DMARC rests on the signature of " + signedBy + " alone";
    }

    /**
     * RFC 7489 §3.2 finds the organization by a list of public suffixes, which changes every week. This is close enough for
     * a warning: the same domain, one below the other, or two that share at least a name and a suffix, where com.tr and
     * co.uk are suffixes.
     */
    static boolean sameOrganization(String one, String other) {
        if (one.equals(other) || one.endsWith("." + other) || other.endsWith("." + one)) {
            return true;
        }
        String[] left = one.split("\\.");
        String[] right = other.split("\\.");
        int shared = 0;
        while (shared < Math.min(left.length, right.length)
                && left[left.length - 1 - shared].equals(right[right.length - 1 - shared])) {
            shared++;
        }
        return shared > 2 || (shared == 2 && !suffix(left[left.length - 2], left[left.length - 1]));
    }

    private static boolean suffix(String second, String top) {
        return top.length() == 2 && second.length() <= 3;
    }
}
