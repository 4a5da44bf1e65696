package dev.postrider.submission;

import java.net.URI;
import java.util.Optional;

/**
 * How the recipient leaves the list the message is sent to (RFC 2369 §3.2); at least one way.
 *
 * @param url of a page, https or http
 * @param mailto of a mailbox
 * @param oneClick a POST to the url does it without a further question (RFC 8058 §3.1)
 */
public record ListUnsubscribe(Optional<URI> url, Optional<URI> mailto, boolean oneClick) {

    public ListUnsubscribe {
        if (url.isEmpty() && mailto.isEmpty()) {
            throw new IllegalArgumentException("listUnsubscribe: neither url nor mailto");
        }
        if (oneClick
                && !url.map(URI::getScheme).filter("https"::equalsIgnoreCase).isPresent()) {
            throw new IllegalArgumentException("listUnsubscribe.oneClick: without an https url");
        }
    }
}
