package dev.postrider.message;

import dev.postrider.submission.ListUnsubscribe;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The header fields that tell how to unsubscribe: List-Unsubscribe (RFC 2369 §3.2) and List-Unsubscribe-Post (RFC 8058
 * §3.1).
 */
final class ListUnsubscribeFields {

    private static final String NAME = "List-Unsubscribe";

    private ListUnsubscribeFields() {}

    /** Folded between the URIs, never within one: a space in it would be part of it for some readers. */
    static void of(ListUnsubscribe ways, MimeMessage message) throws MessagingException {
        // RFC 2369 §2: the first is the one preferred, and the page is what works everywhere.
        List<URI> uris = Stream.of(ways.url(), ways.mailto())
                .flatMap(way -> way.stream())
                .toList();
        Folding body = new Folding(NAME);
        for (int i = 0; i < uris.size(); i++) {
            body.append(" ", "<" + uris.get(i) + (i + 1 < uris.size() ? ">," : ">"));
        }
        message.setHeader(NAME, body.toString());
        if (ways.oneClick()) {
            message.setHeader(NAME + "-Post", NAME + "=One-Click");
        }
    }
}
