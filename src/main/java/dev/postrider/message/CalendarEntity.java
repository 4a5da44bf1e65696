package dev.postrider.message;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Calendar;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The invitation as an alternative to its words (RFC 6047 §2.4): what a client shows with buttons to accept or decline. */
record CalendarEntity(Calendar calendar) implements Entity {

    /**
     * The same once more, as a file. Outlook and Apple Mail take the alternative, Gmail both; clients that know neither
     * show at least a file that a calendar opens. It has the media type that Google gives it: with {@code text/calendar}
     * here too, some clients show two invitations.
     */
    static Entity asFile(Calendar calendar) throws Uncomposable {
        Attachment file = new Attachment(
                "invite.ics",
                Optional.of("application/ics"),
                new Attachment.Bytes(octets(calendar)),
                false,
                Optional.empty());
        return AttachedEntity.of(file, "calendar");
    }

    @Override
    public void into(MimePart part) throws MessagingException {
        // RFC 6047 §2.4: charset and method are to be there, also where the content would do without.
        String type = "text/calendar; charset=UTF-8; method=" + calendar.method();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets(calendar), type)));
    }

    private static byte[] octets(Calendar calendar) {
        return calendar.content().getBytes(StandardCharsets.UTF_8);
    }
}
