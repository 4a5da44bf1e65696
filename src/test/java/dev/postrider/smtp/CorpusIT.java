package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.corpus.CorpusMail;
import dev.postrider.corpus.CorpusMail.Mail;
import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.DkimVerifiers;
import dev.postrider.fixture.DkimVerifiers.Verdict;
import dev.postrider.fixture.PostfixRelay;
import dev.postrider.fixture.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message of the corpus passes through a real Postfix, and both of its signatures are good in the mailbox. */
class CorpusIT {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)");
    private static final Pattern DATE = Pattern.compile("(?m)^Date: Fri, 13 Feb");

    @TempDir
    private static Path folder;

    private static List<Mail> corpus;
    private static Map<String, List<byte[]>> delivered;
    private static DkimVerifiers verifiers;

    @BeforeAll
    static void send() throws Exception {
        PostfixRelay.require();
        DkimVerifiers.require();
        corpus = new CorpusMail(folder).all();
        verifiers = new DkimVerifiers(folder, CorpusMail.keys().toArray(DkimKey[]::new));
        TestAuthority authority = TestAuthority.create();
        try (var postfix = PostfixRelay.start(
                        authority.issue("localhost"), "orders", "s3cr3t!", List.of(PostfixRelay.ANYONE));
                var engine = Engine.open(new SmtpSettings()
                        .port(postfix.port())
                        .trustCertificates(authority.writePem(folder.resolve("ca.pem")))
                        .login("orders", "s3cr3t!"))) {
            int copies = 0;
            for (Mail mail : corpus) {
                assertThat(engine.send(mail.signed()).complete())
                        .as(mail.request().name())
                        .isTrue();
                copies += recipients(mail);
            }
            delivered = byMessageId(postfix.awaitMail(PostfixRelay.ANYONE, copies));
        }
    }

    @Test
    void everyRecipientHasOneCopy() {
        Map<String, Integer> copies = new LinkedHashMap<>();
        corpus.forEach(mail -> copies.put(mail.signed().messageId(), recipients(mail)));

        assertThat(delivered).hasSameSizeAs(corpus);
        delivered.forEach((id, mail) -> assertThat(mail).as(id).hasSize(copies.get(id)));
    }

    @Test
    void bothSignaturesOfEveryMessageAreGood() throws Exception {
        List<Path> messages = written("good", message -> message);

        assertThat(verifiers.dkimpy(messages)).containsExactlyElementsOf(all(messages, true));
        assertThat(verifiers.opendkim(messages)).containsExactlyInAnyOrderElementsOf(all(messages, true));
    }

    @Test
    void noneIsGoodWithAnotherOctetInTheBody() throws Exception {
        noneIsGood(written("body", CorpusIT::withAnotherOctetInTheBody));
    }

    @Test
    void noneIsGoodWithAnotherOctetInTheHeader() throws Exception {
        noneIsGood(written("header", message -> DATE.matcher(message).replaceFirst("Date: Fri, 14 Feb")));
    }

    private static void noneIsGood(List<Path> forged) {
        assertThat(verifiers.dkimpy(forged)).containsExactlyElementsOf(all(forged, false));
        // One process each: a sample will do.
        List<Path> sample = IntStream.iterate(0, i -> i < forged.size(), i -> i + 10)
                .mapToObj(forged::get)
                .toList();
        assertThat(verifiers.opendkim(sample))
                .hasSizeGreaterThanOrEqualTo(sample.size())
                .noneMatch(Verdict::passed);
    }

    /** In the middle, so that it is in a word, a tag or a file; where there is nothing it is the first. */
    private static String withAnotherOctetInTheBody(String message) {
        int body = message.indexOf("\n\n") + 2;
        for (int i = (body + message.length()) / 2; i < message.length(); i++) {
            if (message.charAt(i) > ' ') {
                char other = message.charAt(i) == 'x' ? 'y' : 'x';
                return message.substring(0, i) + other + message.substring(i + 1);
            }
        }
        return message + "x\n";
    }

    private static List<Path> written(String name, UnaryOperator<String> change) throws IOException {
        Path into = Files.createDirectory(folder.resolve(name));
        List<Path> files = new ArrayList<>();
        for (Mail mail : corpus) {
            byte[] copy = delivered.get(mail.signed().messageId()).get(0);
            String changed = change.apply(new String(copy, ISO_8859_1));
            files.add(Files.write(into.resolve("message-" + files.size()), changed.getBytes(ISO_8859_1)));
        }
        return files;
    }

    private static List<Verdict> all(List<Path> messages, boolean good) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Path message : messages) {
            for (String algorithm : List.of("ed25519-sha256", "rsa-sha256")) {
                verdicts.add(new Verdict(message.getFileName().toString(), algorithm, good));
            }
        }
        return verdicts;
    }

    private static int recipients(Mail mail) {
        return mail.envelope().size() - 1;
    }

    private static Map<String, List<byte[]>> byMessageId(List<byte[]> copies) {
        Map<String, List<byte[]>> delivered = new LinkedHashMap<>();
        for (byte[] copy : copies) {
            Matcher id = MESSAGE_ID.matcher(new String(copy, ISO_8859_1));
            assertThat(id.find()).isTrue();
            delivered.computeIfAbsent(id.group(1), none -> new ArrayList<>()).add(copy);
        }
        return delivered;
    }
}
