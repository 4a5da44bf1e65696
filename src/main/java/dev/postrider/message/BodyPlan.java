package dev.postrider.message;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.SendRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which multipart holds what.
 *
 * <pre>
 * mixed                       when there are attachments or a calendar
 *   alternative               when there is html or a calendar
 *     text/plain
 *     related                 when the html shows inline attachments
 *       text/html
 *       image/png, …          Content-ID, inline
 *     text/calendar           the invitation
 *   application/ics           the invitation again, as a file
 *   application/pdf, …        attachment
 * </pre>
 *
 * <p>The images sit beside the html, inside the alternative that needs them (RFC 2046 §5.1.4, RFC 2387), as Thunderbird
 * and nodemailer write it. Outlook, Gmail and Apple Mail show both this and {@code related(alternative, images)}; but
 * in the latter a reader that chose the text is left with every image of the html as an attachment. Real attachments
 * must stay out of {@code related}: iOS hides them there.
 *
 * <p>The invitation is the last alternative, the one that says most (RFC 2046 §5.1.4), and within the first part of
 * {@code mixed}: Outlook looks for it nowhere else ([MS-STANOICAL] §2.2.168). It is there beside other attachments, too.
 *
 * <p>A multipart is written only when it has two parts or more.
 */
final class BodyPlan {

    private BodyPlan() {}

    static Entity of(SendRequest request, Script script) throws Uncomposable {
        List<Entity> inline = new ArrayList<>();
        List<Entity> attached = new ArrayList<>();
        for (int i = 0; i < request.attachments().size(); i++) {
            Attachment attachment = request.attachments().get(i);
            // An inline part that no html can call by its Content-ID is shown where an attachment stands.
            boolean isCalled = attachment.inline()
                    && attachment.contentId().isPresent()
                    && request.html().isPresent();
            (isCalled ? inline : attached).add(AttachedEntity.of(attachment, "$.attachments[" + i + "]"));
        }
        List<Entity> mixed = new ArrayList<>(List.of(words(request, inline, script)));
        if (request.calendar().isPresent()) {
            mixed.add(CalendarEntity.asFile(request.calendar().get()));
        }
        mixed.addAll(attached);
        return MultipartEntity.of("mixed", mixed);
    }

    private static Entity words(SendRequest request, List<Entity> inline, Script script) {
        List<Entity> alternative = new ArrayList<>();
        // Html that says nothing in words, one picture for instance, goes without: an empty alternative would be what
        // a reader of texts gets to see.
        Optional<String> text = request.text().or(() -> request.html().flatMap(TextAlternative::of));
        text.map(words -> new TextEntity("plain", words, script)).ifPresent(alternative::add);
        request.html()
                .map(html -> shown(new TextEntity("html", html, script), inline))
                .ifPresent(alternative::add);
        request.calendar().map(CalendarEntity::new).ifPresent(alternative::add);
        return alternative.isEmpty()
                ? new TextEntity("plain", "", script)
                : MultipartEntity.of("alternative", alternative);
    }

    private static Entity shown(Entity html, List<Entity> inline) {
        List<Entity> related = new ArrayList<>(List.of(html));
        related.addAll(inline);
        return MultipartEntity.of("related", related);
    }
}
