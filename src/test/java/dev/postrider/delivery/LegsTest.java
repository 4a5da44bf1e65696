package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kafka.Deployment;
import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.ledger.Ledgers;
import dev.postrider.message.AddressedMessage;
import dev.postrider.message.MessageComposer;
import dev.postrider.smtp.Answered;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Origin;
import dev.postrider.submission.SendRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left because settling failed comes again with the next start: then the ledger decides whether it goes out again. */
class LegsTest {

    private static final RecipientReport RELAYED =
            new RecipientReport("a@example.org", Stage.FINAL_DOT, new Reply(250, Optional.of("2.0.0"), "queued"));
    private static final RecipientReport BUSY =
            new RecipientReport("b@example.org", Stage.RCPT, new Reply(451, Optional.of("4.2.1"), "busy"));

    private final Legs legs = new Legs(Ledgers.inMemory(), new Deployment(Deployment.DEFAULT));
    private final SendRequest request = Times.sendAt(Instant.now());
    private final Arrival arrival =
            new Arrival(new Origin.InboxFile(Path.of("order.json"), "order.json"), new byte[0], () -> {});

    @Test
    void whatEverybodyHasDoesNotGoOutAgain() throws Exception {
        assertThat(legs.begin(arrival, request)).isEqualTo(Standing.NEW);

        legs.leaveUnsettled(arrival, request, Standing.NEW, answered(RELAYED));

        assertThat(legs.begin(arrival, request)).isEqualTo(Standing.SETTLED);
    }

    @Test
    void whatSomebodyHasNotIsTriedAgain() throws Exception {
        assertThat(legs.begin(arrival, request)).isEqualTo(Standing.NEW);
        legs.leaveUnsettled(arrival, request, Standing.NEW, answered(RELAYED, BUSY));
        assertThat(legs.begin(arrival, request)).isEqualTo(Standing.NEW);

        legs.leaveUnsettled(arrival, request, Standing.NEW, null);

        assertThat(legs.begin(arrival, request)).isEqualTo(Standing.NEW);
    }

    private AddressedMessage answered(RecipientReport... reports) throws Exception {
        AddressedMessage message =
                new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty()).compose(request, arrival);
        Answered.with(message, reports);
        return message;
    }
}
