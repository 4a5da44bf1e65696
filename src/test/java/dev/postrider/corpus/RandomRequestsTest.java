package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.attached;
import static dev.postrider.corpus.CorpusRequest.named;
import static dev.postrider.corpus.CorpusRequest.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.corpus.CorpusMail.Mail;
import dev.postrider.corpus.CorpusRequest.Piece;
import dev.postrider.fixture.Chance;
import dev.postrider.fixture.Trials;
import dev.postrider.submission.InvalidRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests with anything in their fields: what is not refused arrives as it was asked for. */
class RandomRequestsTest {

    private static final int TRIALS = 600;

    @Test
    void whatIsTakenArrivesAsItWasAskedFor(@TempDir Path folder) throws Exception {
        CorpusMail composing = new CorpusMail(folder);
        AtomicInteger taken = new AtomicInteger();

        Trials.run(TRIALS, chance -> {
            Mail mail;
            try {
                mail = composing.of(CorpusRequest.of("at random", pieces(chance)));
            } catch (InvalidRequest refused) {
                return;
            }
            taken.incrementAndGet();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            mail.signed().writeTo(wire, new String[0]);
            assertThat(Mime4jReader.read(wire.toByteArray())).isEqualTo(mail.reading());
        });
        assertThat(taken.get()).isGreaterThan(TRIALS / 2);
    }

    private static Piece[] pieces(Chance chance) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(
                request -> request.putObject("from").put("name", name(chance)).put("address", "shop@example.com"));
        for (String member : List.of("to", "cc", "bcc", "replyTo")) {
            if (chance.oneIn(2)) {
                pieces.add(named(member, name(chance), "a@example.org", "b@example.org"));
            }
        }
        pieces.add(with("subject", chance.line(900)));
        pieces.add(with("text", chance.text(20)));
        if (chance.oneIn(2)) {
            pieces.add(with("html", "<p>" + chance.text(20)));
        }
        if (chance.oneIn(2)) {
            pieces.add(request -> request.putObject("headers").put("X-A", "x" + chance.line(898)));
        }
        for (int i = chance.upTo(2); i > 0; i--) {
            // A type that the ending might mean is not the matter here.
            // And with these signs Mime4j decodes a long name twice.
            pieces.add(attached(chance.line(250).replaceAll("[%'+]", "") + ".", chance.octets(500)));
        }
        return pieces.toArray(Piece[]::new);
    }

    /** Not a blank one: Mime4j shows none for it. */
    private static String name(Chance chance) {
        String name = chance.line(320);
        return name.isBlank() ? "" : name;
    }
}
