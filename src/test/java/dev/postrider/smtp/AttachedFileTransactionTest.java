package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.dkim.DkimConfig;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.FileChange;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.RelayWatch;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.MessageSigner;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that turns out not to be the one meant reaches nobody, however much of it is on its way by then. */
@ParameterizedClass
@EnumSource(Way.class)
class AttachedFileTransactionTest {

    private static final DkimKey KEY = DkimKey.ed25519("example.com", "e");

    /** Rendered as a whole before anything is said. */
    private static final int SMALL = 100_000;

    /** In pieces, also when it is signed: more than the signer keeps. */
    private static final int LARGE = 2_000_000;

    @Parameter
    private Way way;

    @TempDir
    private Path root;

    private Path file;
    private final AtomicReference<Runnable> afterMail = new AtomicReference<>(() -> {});

    @BeforeEach
    void keys() {
        KEY.write(root);
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", false", SMALL + ", true", LARGE + ", false", LARGE + ", true"})
    void theFileOfTheDigestIsRelayed(int size, boolean signed) throws Exception {
        String digest = write(size);
        try (var relay = relay();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            engine.send(message(digest.toUpperCase(Locale.ROOT), signed));

            assertThat(relay.messages()).hasSize(1);
            assertThat(relay.messages().get(0).text()).startsWith(signed ? "DKIM-Signature:" : "Date:");
            assertThat(MimeReading.of(relay.messages().get(0).bytes()).parts().get(2))
                    .hasSize("application/pdf: ".length() + size);
        }
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", false", SMALL + ", true", LARGE + ", false", LARGE + ", true"})
    void aFileOfAnotherDigestReachesNobody(int size, boolean signed) throws Exception {
        write(size);
        try (var relay = relay();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            assertThatThrownBy(() -> engine.send(message("0".repeat(64), signed)))
                    .hasMessage("$.attachments[0].sha256: is not that of the file (\"bill.pdf\")");

            boolean begun = size == LARGE && !signed;
            onlyTheNextOneIsRelayed(relay, engine, begun);
            assertThat(relay.transcript().stream().filter(line -> line.startsWith("C: MAIL")))
                    .as("signing reads the file before anything is said, and so does whoever sends a small message")
                    .hasSize(begun ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesBeforeItIsSentReachesNobody(FileChange change) throws Exception {
        write(SMALL);
        try (var relay = relay();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            Outgoing message = message("", false);

            change.on(file);

            assertThatThrownBy(() -> engine.send(message))
                    .isInstanceOf(UnreadableContent.class)
                    .hasMessage("$.attachments[0].file: " + change.seenAfterwards() + " (\"bill.pdf\")");
            onlyTheNextOneIsRelayed(relay, engine, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesWhileItIsSentReachesNobody(FileChange change) throws Exception {
        reachesNobody(change, false);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesWhileItIsSentSignedReachesNobody(FileChange change) throws Exception {
        reachesNobody(change, true);
    }

    private void reachesNobody(FileChange change, boolean signed) throws Exception {
        write(LARGE);
        try (var relay = relay();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            afterMail.set(() -> change.on(file));

            assertThatThrownBy(() -> engine.send(message("", signed)))
                    .isInstanceOf(UnreadableContent.class)
                    .hasMessage("$.attachments[0].file: " + change.seenMeanwhile() + " (\"bill.pdf\")");
            onlyTheNextOneIsRelayed(relay, engine, true);
        }
    }

    /** After DATA nothing but hanging up helps; chunks are forgotten with RSET. */
    private void onlyTheNextOneIsRelayed(ScriptedRelay relay, Engine engine, boolean begun) throws Exception {
        afterMail.set(() -> {});
        assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                .isTrue();

        await().untilAsserted(() -> assertThat(relay.openConnections()).isEqualTo(1));
        assertThat(relay.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("<order-2@example.com>"))
                .extracting(ReceivedMessage::session)
                .isEqualTo(begun && !way.inOneFlight() ? 2 : 1);
        assertThat(relay.transcript(1).stream().filter("C: RSET"::equals).count())
                .as("one belongs to the opening")
                .isEqualTo(way.inOneFlight() ? begun ? 2 : 1 : 0);
        assertThat(engine.line().stop()).isEmpty();
    }

    /** Returns its digest. */
    private String write(int size) throws Exception {
        // Letters, which MimeReading leaves as they are.
        byte[] content = new Random(size)
                .ints(size, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
        file = Files.write(root.resolve("bill.pdf"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // So that each change shows.
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** As the application makes it. */
    private Outgoing message(String sha256, boolean signed) throws Exception {
        String json = """
            {"from": "shop@example.com", "to": ["ann@example.org"], "text": "Your bill.",
             "attachments": [{"filename": "bill.pdf", "file": "bill.pdf"%s}]}\
            """.formatted(sha256.isEmpty() ? "" : ", \"sha256\": \"" + sha256 + "\"");
        Arrival arrival = new Arrival(
                new Origin.InboxFile(Path.of("order.json"), "order.json"),
                json.getBytes(StandardCharsets.UTF_8),
                () -> {});
        var request = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.at(root)).read(arrival);
        var message =
                new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty()).compose(request, arrival);
        return signed ? signer().sign(message) : message;
    }

    private MessageSigner signer() {
        DkimConfig config = new DkimConfig() {
            @Override
            public Map<String, Domain> domains() {
                return Map.of(KEY.domain(), new Domain() {
                    @Override
                    public Map<String, Path> keys() {
                        return Map.of(KEY.selector(), KEY.write(root));
                    }

                    @Override
                    public boolean subdomains() {
                        return false;
                    }
                });
            }

            @Override
            public Unsigned unsigned() {
                return Unsigned.REFUSE;
            }
        };
        return new MessageSigner(Clock.systemUTC(), new SigningDomains(config), DkimConfig.Unsigned.REFUSE);
    }

    private ScriptedRelay relay() {
        return way.relay()
                .watch(new RelayWatch() {
                    @Override
                    public void began(int session) {
                        afterMail.get().run();
                    }

                    @Override
                    public void accepted(ReceivedMessage message) {}

                    @Override
                    public void ended(int session) {}

                    @Override
                    public void left(int session) {}
                })
                .start();
    }
}
