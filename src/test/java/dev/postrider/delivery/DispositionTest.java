package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DispositionTest {

    @ParameterizedTest(name = "{0} at {1} is {2}")
    @CsvSource({
        // RFC 5321 §4.2.5: with 250 after the final dot, and only then, the relay has taken responsibility.
        "250, FINAL_DOT, relayed",
        "252, FINAL_DOT, relayed",
        "250, MAIL,      deferred",
        "250, RCPT,      deferred",
        "250, DATA,      deferred",
        // RFC 5321 §4.2.1: 4yz is transient, 5yz permanent.
        "450, MAIL,      deferred",
        "451, RCPT,      deferred",
        "452, RCPT,      deferred",
        "454, DATA,      deferred",
        "432, RCPT,      deferred",
        "499, FINAL_DOT, deferred",
        "500, MAIL,      failed",
        "550, RCPT,      failed",
        "553, RCPT,      failed",
        "554, DATA,      failed",
        "554, FINAL_DOT, failed",
        "599, RCPT,      failed",
        // RFC 5321 §4.5.3.1.10: too many recipients, said by older relays; of the message's size everywhere else.
        "552, RCPT,      deferred",
        "552, MAIL,      failed",
        "552, DATA,      failed",
        "552, FINAL_DOT, failed",
        // RFC 5321 §4.3.2 and §3.8: out of step, and closing; neither is about the message.
        "503, MAIL,      deferred",
        "503, RCPT,      deferred",
        "503, DATA,      deferred",
        "503, FINAL_DOT, deferred",
        "421, MAIL,      deferred",
        "421, RCPT,      deferred",
        "421, DATA,      deferred",
        "421, FINAL_DOT, deferred",
        // Not understood is not for ever.
        "354, RCPT,      deferred",
        "354, FINAL_DOT, deferred",
        "600, RCPT,      deferred"
    })
    void aReplyAtAStageMeans(int code, Stage stage, String disposition) {
        assertThat(of(code, stage)).hasToString(disposition);
    }

    @ParameterizedTest
    @EnumSource(value = Stage.class, names = "FINAL_DOT", mode = EnumSource.Mode.EXCLUDE)
    void aConnectionThatBreaksBeforeTheFinalDotLeavesTheRelayWithNothing(Stage stage) {
        assertThat(of(0, stage)).isEqualTo(Disposition.DEFERRED);
    }

    @Test
    void tooManyRecipientsIsNotAboutTheOneItIsSaidTo() {
        Reply tooMany = new Reply(550, Optional.of("5.5.3"), "too many recipients");

        assertThat(Disposition.of(new RecipientReport("ann@example.org", Stage.RCPT, tooMany)))
                .isEqualTo(Disposition.DEFERRED);
    }

    @Test
    void aConnectionThatBreaksAfterTheFinalDotLeavesADoubt() {
        assertThat(of(0, Stage.FINAL_DOT)).isEqualTo(Disposition.UNKNOWN);
    }

    private static Disposition of(int code, Stage stage) {
        return Disposition.of(new RecipientReport("ann@example.org", stage, new Reply(code, Optional.empty(), "")));
    }
}
