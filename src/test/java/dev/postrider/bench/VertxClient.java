package dev.postrider.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The Vert.x mail client, with its pool; twice as many messages are given to it as it has sessions. */
final class VertxClient implements Client {

    private static final long PATIENCE_SECONDS = 60;

    private Vertx vertx;
    private MailClient client;
    private int atOnce;

    @Override
    public void open(int port, int sessions) {
        vertx = Vertx.vertx();
        atOnce = 2 * sessions;
        client = MailClient.create(
                vertx,
                new MailConfig()
                        .setHostname(HOST)
                        .setPort(port)
                        .setStarttls(StartTLSOptions.REQUIRED)
                        .setLogin(LoginOption.REQUIRED)
                        .setAuthMethods("PLAIN")
                        .setUsername(USER)
                        .setPassword(PASSWORD)
                        .setMaxPoolSize(sessions));
    }

    @Override
    public Stint run(Letter letter, Duration window) throws Exception {
        Loop loop = new Loop(letter, System.nanoTime(), window.toNanos());
        for (int i = 0; i < atOnce; i++) {
            loop.next();
        }
        loop.ended.get(window.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new Stint(loop.sent.get(), Duration.ofNanos(System.nanoTime() - loop.start));
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        client.close().toCompletionStage().toCompletableFuture().get();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private final class Loop {

        private final Letter letter;
        private final long start;
        private final long window;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicInteger running = new AtomicInteger(atOnce);
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Loop(Letter letter, long start, long window) {
            this.letter = letter;
            this.start = start;
            this.window = window;
        }

        void next() {
            if (System.nanoTime() - start >= window) {
                if (running.decrementAndGet() == 0) {
                    ended.complete(null);
                }
                return;
            }
            client.sendMail(message(letter), result -> {
                if (result.succeeded()) {
                    sent.incrementAndGet();
                    next();
                } else {
                    ended.completeExceptionally(result.cause());
                }
            });
        }
    }

    private static MailMessage message(Letter letter) {
        MailMessage message = new MailMessage()
                .setFrom(Letter.FROM)
                .setTo(Letter.TO)
                .setSubject(Letter.SUBJECT)
                .setText(letter.text())
                .setHtml(letter.html());
        if (letter.hasAttachment()) {
            message.setAttachment(MailAttachment.create()
                    .setName(Letter.FILE_NAME)
                    .setContentType(Letter.FILE_TYPE)
                    .setData(Buffer.buffer(letter.attachment())));
        }
        return message;
    }
}
