package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.corpus.CorpusMail;
import dev.postrider.corpus.CorpusMail.Mail;
import dev.postrider.fixture.ReceivedMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A message of the corpus, and what has arrived of it at a relay. */
record SentCorpus(Mail mail, ReceivedMessage arrived) {

    /** All of it, in order. */
    static List<SentCorpus> by(Way way, Path folder) throws Exception {
        List<SentCorpus> sent = new ArrayList<>();
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            List<Mail> corpus = new CorpusMail(folder).all();
            for (Mail mail : corpus) {
                assertThat(engine.send(mail.signed()).complete())
                        .as(mail.toString())
                        .isTrue();
            }
            List<ReceivedMessage> arrived = relay.messages();
            assertThat(arrived).hasSameSizeAs(corpus);
            for (int i = 0; i < corpus.size(); i++) {
                sent.add(new SentCorpus(corpus.get(i), arrived.get(i)));
            }
        }
        return sent;
    }

    byte[] octets() {
        return arrived.bytes();
    }

    /** The reverse-path, and then the recipients. */
    List<String> envelope() {
        return Stream.concat(Stream.of(arrived.reversePath()), arrived.recipients().stream())
                .toList();
    }

    @Override
    public String toString() {
        return mail.request().name();
    }
}
