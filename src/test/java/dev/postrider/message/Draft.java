package dev.postrider.message;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Calendar;
import dev.postrider.submission.Dsn;
import dev.postrider.submission.ListUnsubscribe;
import dev.postrider.submission.Mailbox;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.TemplateCall;
import dev.postrider.submission.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A send request in the making: a plain one from a shop to Ada, changed where a test says so. */
final class Draft {

    private String id = "order-17";
    private Mailbox from = new Mailbox("Shop", "shop@example.com");
    private Optional<Mailbox> sender = Optional.empty();
    private List<Mailbox> to = List.of(new Mailbox("Ada", "ada@example.org"));
    private List<Mailbox> cc = List.of();
    private List<Mailbox> bcc = List.of();
    private List<Mailbox> replyTo = List.of();
    private Optional<String> returnPath = Optional.empty();
    private String subject = "Your order";
    private Optional<String> text = Optional.of("Thank you.");
    private Optional<String> html = Optional.empty();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Attachment> attachments = new ArrayList<>();

    private Optional<Calendar> calendar = Optional.empty();
    private Optional<ListUnsubscribe> listUnsubscribe = Optional.empty();

    private Optional<TemplateCall> template = Optional.empty();
    private Optional<Dsn> dsn = Optional.empty();
    private Window window = Window.ALWAYS;

    static Mailbox mailbox(String address) {
        return new Mailbox("", address);
    }

    Draft id(String id) {
        this.id = id;
        return this;
    }

    Draft from(Mailbox from) {
        this.from = from;
        return this;
    }

    Draft sender(Mailbox sender) {
        this.sender = Optional.of(sender);
        return this;
    }

    Draft to(Mailbox... to) {
        this.to = List.of(to);
        return this;
    }

    Draft cc(Mailbox... cc) {
        this.cc = List.of(cc);
        return this;
    }

    Draft bcc(Mailbox... bcc) {
        this.bcc = List.of(bcc);
        return this;
    }

    Draft replyTo(Mailbox... replyTo) {
        this.replyTo = List.of(replyTo);
        return this;
    }

    Draft returnPath(String returnPath) {
        this.returnPath = Optional.of(returnPath);
        return this;
    }

    Draft subject(String subject) {
        this.subject = subject;
        return this;
    }

    Draft text(String text) {
        this.text = Optional.of(text);
        return this;
    }

    Draft withoutText() {
        this.text = Optional.empty();
        return this;
    }

    Draft html(String html) {
        this.html = Optional.of(html);
        return this;
    }

    Draft header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Draft attach(Attachment... more) {
        attachments.addAll(Arrays.asList(more));
        return this;
    }

    Draft attach(String filename, String contentType, byte[] bytes) {
        return attach(new Attachment(
                filename, Optional.of(contentType), new Attachment.Bytes(bytes), false, Optional.empty()));
    }

    Draft calendar(Calendar calendar) {
        this.calendar = Optional.of(calendar);
        return this;
    }

    Draft listUnsubscribe(ListUnsubscribe listUnsubscribe) {
        this.listUnsubscribe = Optional.of(listUnsubscribe);
        return this;
    }

    Draft template(TemplateCall template) {
        this.template = Optional.of(template);
        return this;
    }

    Draft dsn(Dsn dsn) {
        this.dsn = Optional.of(dsn);
        return this;
    }

    Draft window(Window window) {
        this.window = window;
        return this;
    }

    SendRequest request() {
        return new SendRequest(
                id,
                from,
                sender,
                to,
                cc,
                bcc,
                replyTo,
                returnPath,
                subject,
                text,
                html,
                headers,
                attachments,
                calendar,
                listUnsubscribe,
                template,
                dsn,
                window,
                Optional.empty(),
                Map.of());
    }
}
