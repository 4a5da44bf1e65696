package dev.postrider.smtp;

import dev.postrider.delivery.Disposition;
import java.util.List;

/** A report as a test reads it: {@code "ann@example.org failed at RCPT: 550 5.1.1 no such user"}. */
final class ReportText {

    private ReportText() {}

    /** One line for each recipient, in the order of the report. */
    static List<String> of(TransactionReport report) {
        return report.recipients().stream()
                .map(recipient -> recipient.recipient() + " " + Disposition.of(recipient) + " at " + recipient.stage()
                        + ": " + recipient.reply())
                .toList();
    }
}
