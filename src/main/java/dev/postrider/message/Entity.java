package dev.postrider.message;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;

/** Content with its header fields (RFC 2045 §2.4): the whole message has one, and so has each of its body parts. */
interface Entity {

    /** Makes this the content of a message or body part that has none yet. */
    void into(MimePart part) throws MessagingException;
}
