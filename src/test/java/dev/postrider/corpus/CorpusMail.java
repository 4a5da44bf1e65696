package dev.postrider.corpus;

import dev.postrider.dkim.DkimConfig;
import dev.postrider.fixture.DkimKey;
import dev.postrider.message.ComposedMessage;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.MessageSigner;
import dev.postrider.message.Signing;
import dev.postrider.message.Uncomposable;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.SubmissionReader;
import dev.postrider.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes mail of the corpus as the application does: read, its words filled in, composed, and signed with two keys. */
public final class CorpusMail {

    /** What {@code attachments[].file} may name. */
    static final String FILE = "terms/2026.pdf";

    static final byte[] FILE_CONTENT = HardFiles.noise(3_000);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-13T04:05:06Z"), ZoneOffset.UTC);
    private static final String DATE = "Fri, 13 Feb 2026 04:05:06 +0000";
    private static final List<DkimKey> KEYS = Stream.of("example.com", "xn--bcher-kva.example", "xn--r8jz45g.jp")
            .flatMap(domain -> Stream.of(DkimKey.rsa(domain, "r2026", 2048), DkimKey.ed25519(domain, "e2026")))
            .toList();

    private final SubmissionReader reader;
    private final Templates templates;
    private final MessageComposer composer = new MessageComposer(CLOCK, Optional.empty(), Optional.empty());
    private final MessageSigner signer;
    private long offset;

    /**
     * A message of the corpus.
     *
     * @param signed as it is to go to the relay
     */
    public record Mail(CorpusRequest request, ComposedMessage signed) {

        /** What a reader has to see. */
        public Reading reading() {
            return Expected.reading(request.json(), DATE, signed.messageId());
        }

        /** The reverse-path, and then the recipients. */
        public List<String> envelope() {
            return Expected.envelope(request.json());
        }
    }

    /** @param folder for files to attach, templates and keys */
    public CorpusMail(Path folder) throws IOException {
        Path file = folder.resolve("attachments").resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, FILE_CONTENT);
        Path greeting = Files.createDirectories(folder.resolve("templates/greeting"));
        Files.writeString(greeting.resolve("subject.txt"), "Hello {name}\n");
        Files.writeString(greeting.resolve("body.txt"), "Hello {name}!\n");
        Files.writeString(greeting.resolve("body.html"), "<p>Hello {name}!</p>\n");
        reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.at(folder.resolve("attachments")));
        templates = new Templates(Optional.of(folder.resolve("templates")));
        Signing signing = new Signing(folder).unsigned(DkimConfig.Unsigned.REFUSE);
        KEYS.forEach(signing::with);
        signer = signing.signer();
    }

    /** Of every domain in the corpus that mail comes from, one of each kind. */
    public static List<DkimKey> keys() {
        return KEYS;
    }

    public List<Mail> all() {
        List<Mail> mail = new ArrayList<>();
        for (CorpusRequest request : Corpus.all()) {
            try {
                mail.add(of(request));
            } catch (InvalidRequest | Uncomposable refused) {
                throw new AssertionError(request.name(), refused);
            }
        }
        return mail;
    }

    Mail of(CorpusRequest request) throws InvalidRequest, Uncomposable {
        Arrival arrival = new Arrival(
                new Origin.TopicRecord("mail.requests", 0, offset++, CLOCK.instant(), null, List.of()),
                request.octets(),
                () -> {});
        SendRequest filled = templates.fill((SendRequest) reader.read(arrival), arrival);
        return new Mail(request, signer.sign(composer.compose(filled, arrival)));
    }
}
