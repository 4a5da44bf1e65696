package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dkim.DkimConfig;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.DkimVerifiers;
import dev.postrider.fixture.DkimVerifiers.Verdict;
import dev.postrider.message.MessageSigner;
import dev.postrider.message.RawComposer;
import dev.postrider.message.RawMessage;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SubmissionReader;
import jakarta.mail.internet.InternetAddress;
import java.io.OutputStream;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others have composed is signed as it is: 8-bit, long lines, fields that stand twice. */
class SignedRawMessageTest {

    /** It came with a signature already, and that one is invented. */
    private static final String FORGED = "76-signed";

    /** More than the test mode of OpenDKIM reads. */
    private static final String LARGE_HEADER = "24-large-header";

    private final SubmissionReader reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private final RawComposer composer = new RawComposer(Clock.systemUTC());
    private final Map<String, List<DkimKey>> keys = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void bothSignaturesOfEveryRawMessageAreGood() throws Exception {
        DkimVerifiers.require();
        Map<String, RawMessage> messages = new HashMap<>();
        for (RawCase raw : RawCase.all().filter(raw -> !raw.isRefused()).toList()) {
            RawMessage message = composer.compose((RawSubmission) reader.read(raw.arrival()), raw.arrival());
            messages.put(raw.name().replace(".txt", ""), message);
            keys.computeIfAbsent(domain(message), SignedRawMessageTest::pair);
        }
        MessageSigner signer =
                new MessageSigner(Clock.systemUTC(), new SigningDomains(config()), DkimConfig.Unsigned.REFUSE);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, RawMessage> message : messages.entrySet()) {
            Path file = folder.resolve(message.getKey());
            try (OutputStream out = Files.newOutputStream(file)) {
                signer.sign(message.getValue()).writeTo(out, new String[0]);
            }
            files.add(file);
        }

        DkimVerifiers verifiers = new DkimVerifiers(
                folder, keys.values().stream().flatMap(List::stream).toArray(DkimKey[]::new));
        areGood(verifiers.dkimpy(files), files);
        files.removeIf(file -> file.endsWith(LARGE_HEADER));
        areGood(verifiers.opendkim(files), files);
    }

    private static void areGood(List<Verdict> verdicts, List<Path> files) {
        assertThat(files).hasSizeGreaterThan(40);
        assertThat(verdicts).filteredOn(Verdict::passed).hasSize(2 * files.size());
        assertThat(verdicts)
                .filteredOn(verdict -> !verdict.passed())
                .extracting(Verdict::file)
                .containsExactly(FORGED);
    }

    private static String domain(RawMessage message) throws Exception {
        String author = ((InternetAddress) message.getFrom()[0]).getAddress();
        return IDN.toASCII(author.substring(author.lastIndexOf('@') + 1)).toLowerCase(Locale.ROOT);
    }

    private static List<DkimKey> pair(String domain) {
        return List.of(DkimKey.rsa(domain, "r", 1024), DkimKey.ed25519(domain, "e"));
    }

    private DkimConfig config() {
        Map<String, DkimConfig.Domain> domains = new HashMap<>();
        keys.forEach((domain, pair) -> {
            Map<String, Path> files = new HashMap<>();
            pair.forEach(key -> files.put(key.selector(), key.write(folder)));
            domains.put(domain, new DkimConfig.Domain() {
                @Override
                public Map<String, Path> keys() {
                    return files;
                }

                @Override
                public boolean subdomains() {
                    return false;
                }
            });
        });
        return new DkimConfig() {
            @Override
            public Map<String, Domain> domains() {
                return domains;
            }

            @Override
            public Unsigned unsigned() {
                return Unsigned.REFUSE;
            }
        };
    }
}
