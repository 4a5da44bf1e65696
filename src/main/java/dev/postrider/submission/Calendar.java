package dev.postrider.submission;

import java.util.Objects;

/**
 * An iTIP message (RFC 5546): a meeting somebody is invited to, or what became of it.
 *
 * @param method as in RFC 5546 §1.4, in upper case
 * @param content one VCALENDAR with this method (RFC 5545 §3.4), its lines folded and ended by CRLF
 */
public record Calendar(String method, String content) {

    public Calendar {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(content, "content");
    }
}
