package dev.postrider.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Readme;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureReportTest {

    @Test
    void theReadmeShowsWhatIsWritten() throws IOException {
        Origin origin = new Origin.InboxFile(Path.of("spool/.work/reminder-7.json"), "reminder-7.json");
        Reply reply = new Reply(550, Optional.of("5.1.1"), "no such user here");
        DeadLetter letter = new DeadLetter(
                new Arrival(origin, new byte[0], () -> {}),
                Optional.of("reminder-7"),
                DeadLetter.Reason.REFUSED,
                "1 of 3 recipients not relayed: 550 5.1.1 no such user here to RCPT",
                List.of(new RecipientReport("nobody@example.org", Stage.RCPT, reply)),
                new History(
                        0,
                        List.of("nobody@example.org"),
                        List.of(new History.Attempt(Instant.parse("2026-03-01T04:00:00.198Z"), reply.toString()))),
                Map.of(),
                Instant.parse("2026-03-01T04:00:00.214Z"));

        assertThat(Readme.read().section("Dead letters").blocks("json")).containsExactly(pretty(letter));
    }

    @Test
    void halfACharacterHindersNothing() throws IOException {
        DeadLetter letter = new DeadLetter(
                new Arrival(new Origin.InboxFile(Path.of("cut.json"), "cut.json"), new byte[0], () -> {}),
                Optional.empty(),
                DeadLetter.Reason.INVALID_REQUEST,
                "cut off: \uD83D",
                List.of(),
                History.none(),
                Map.of(),
                Instant.EPOCH);

        assertThat(pretty(letter)).contains("\"cut off: ?\"");
    }

    private static String pretty(DeadLetter letter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FailureReport.pretty(letter, out);
        return out.toString(UTF_8);
    }
}
