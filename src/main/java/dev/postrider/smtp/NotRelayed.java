package dev.postrider.smtp;

import jakarta.mail.MessagingException;

/** The relay did not take the message for every recipient; {@link #report()} says for whom and why. */
public final class NotRelayed extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient TransactionReport report;

    NotRelayed(TransactionReport report) {
        super(report.notRelayed().size() + " of " + report.recipients().size() + " recipients not relayed, first "
                + report.notRelayed().get(0).reply());
        this.report = report;
    }

    public TransactionReport report() {
        return report;
    }
}
