package dev.postrider.smtp;

import dev.postrider.intake.StoreHealth;
import dev.postrider.submission.Dsn;
import dev.postrider.submission.Envelope;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A message for tests, whose content is whatever the test writes. */
final class Letter extends Outgoing {

    private static final Session SESSION = Session.getInstance(new Properties());

    private final String id;
    private final Envelope envelope;
    private final Content writer;
    private Optional<Dsn> dsn = Optional.empty();
    private Runnable beginning = () -> {};
    private StoreHealth stores = new StoreHealth();

    private Letter(String id, Envelope envelope, Content writer) {
        super(SESSION);
        this.id = id;
        this.envelope = envelope;
        this.writer = writer;
    }

    /** A small one from {@code shop@example.com}; its Message-ID has the id. */
    static Letter to(String id, String... recipients) {
        return of(
                new Envelope("shop@example.com", List.of(recipients)),
                id,
                "Message-ID: <" + id + "@example.com>\r\nSubject: hello\r\n\r\nworld\r\n");
    }

    static Letter of(Envelope envelope, String id, String text) {
        return new Letter(id, envelope, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Letter of(String id, Content content) {
        return new Letter(id, new Envelope("shop@example.com", List.of("ann@example.org")), content);
    }

    Letter asking(Dsn reports) {
        dsn = Optional.of(reports);
        return this;
    }

    /** Its outcome will have to be stored there. */
    Letter notedIn(StoreHealth where) {
        stores = where;
        return this;
    }

    @Override
    public boolean mayBegin() {
        return stores.isWell();
    }

    @Override
    public boolean awaitTurn() throws InterruptedException {
        return stores.awaitWell();
    }

    /** Does this last thing before each transaction. */
    Letter beginning(Runnable task) {
        beginning = task;
        return this;
    }

    @Override
    public boolean begin() {
        beginning.run();
        return true;
    }

    @Override
    public Optional<Dsn> dsn() {
        return dsn;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoredFields) throws IOException {
        writer.writeTo(out);
    }

    /** May fail in the middle. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
