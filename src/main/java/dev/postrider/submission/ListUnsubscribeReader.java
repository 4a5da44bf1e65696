package dev.postrider.submission;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the ways to unsubscribe. What stands in the header field is a URI (RFC 3986) in angle brackets and nothing else:
 * ASCII without spaces, so that no reader takes it for two, or for the end of the field.
 */
final class ListUnsubscribeReader {

    private static final Set<String> FIELDS = Set.of("list-unsubscribe", "list-unsubscribe-post");
    private static final Set<String> WEB = Set.of("https", "http");
    private static final String MAILTO = "mailto:";

    /** Visible ASCII; java.net.URI would let "other" characters in any script pass. */
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** RFC 6068 §2, one address and the header fields that belong to a mail that unsubscribes. */
    private static final Pattern HEADERS =
            Pattern.compile("(subject|body)=[^&?]*(&(subject|body)=[^&?]*)?", Pattern.CASE_INSENSITIVE);

    private ListUnsubscribeReader() {}

    /** Empty if there is none to read, or a violation. */
    static Optional<ListUnsubscribe> read(Field field, Map<String, String> headers, Violations violations) {
        if (!field.isPresent()) {
            return Optional.empty();
        }
        headers.keySet().stream()
                .filter(name -> FIELDS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> violations.add(
                        Field.path(Field.ROOT + ".headers", name), "stands in 'listUnsubscribe' already, remove one"));
        Optional<URI> url = read(field.member("url"), ListUnsubscribeReader::url, violations);
        Optional<URI> mailto = read(field.member("mailto"), ListUnsubscribeReader::mailto, violations);
        Field oneClick = field.member("oneClick");
        boolean asked = oneClick.value().asBoolean();
        boolean secure =
                url.map(URI::getScheme).filter("https"::equalsIgnoreCase).isPresent();
        if (asked && !secure) {
            // RFC 8058 §3.1: one HTTPS URI, at least.
            violations.add(oneClick.path(), "needs an https 'url' (RFC 8058)");
            return Optional.empty();
        }
        return url.isPresent() || mailto.isPresent()
                ? Optional.of(new ListUnsubscribe(url, mailto, asked))
                : Optional.empty();
    }

    private interface Rule {
        URI check(String text) throws Unusable;
    }

    private static Optional<URI> read(Field field, Rule rule, Violations violations) {
        try {
            return field.isPresent() ? Optional.of(rule.check(field.text().orElseThrow())) : Optional.empty();
        } catch (Unusable unusable) {
            // Not what stands there: it often holds a token that unsubscribes, or logs in.
            violations.add(field.path(), unusable.getMessage());
            return Optional.empty();
        }
    }

    private static URI url(String text) throws Unusable {
        URI url = uri(text);
        if (url.getScheme() == null || !WEB.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw new Unusable("must begin with https:// or http://");
        }
        if (url.getHost() == null) {
            throw new Unusable("must name a host");
        }
        if (url.getRawUserInfo() != null) {
            throw new Unusable("must not hold a user name: every recipient sees it");
        }
        return url;
    }

    private static URI mailto(String text) throws Unusable {
        boolean hasScheme = text.regionMatches(true, 0, MAILTO, 0, MAILTO.length());
        URI mailto = uri(hasScheme ? text : MAILTO + text);
        String[] parts = mailto.getRawSchemeSpecificPart().split("\\?", 2);
        String address = URI.create(MAILTO + parts[0]).getSchemeSpecificPart();
        Optional<String> fault = AddressSyntax.faultOf(address);
        if (fault.isPresent()) {
            throw new Unusable(fault.get());
        }
        if (mailto.getRawFragment() != null
                || (parts.length > 1 && !HEADERS.matcher(parts[1]).matches())) {
            throw new Unusable("only subject and body may follow the address, as in ?subject=unsubscribe");
        }
        return mailto;
    }

    private static URI uri(String text) throws Unusable {
        if (!VISIBLE.matcher(text).matches()) {
            throw new Unusable(
                    "must be ASCII without spaces: other characters percent-encoded, a host in its xn-- form");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new Unusable("is no URI: " + malformed.getReason() + " at position " + malformed.getIndex());
        }
    }

    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }
}
