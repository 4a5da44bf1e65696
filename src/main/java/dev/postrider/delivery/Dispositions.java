package dev.postrider.delivery;

import dev.postrider.smtp.Outgoing;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.TransactionReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Tells of what became of the recipients: one line in the log, and the counters. */
@Singleton
@Named("dispositions")
@RegisterForReflection
public class Dispositions {

    private static final Logger LOG = Logger.getLogger(Dispositions.class);

    private final MeterRegistry meters;

    Dispositions(MeterRegistry meters) {
        this.meters = meters;
        for (Disposition disposition : Disposition.values()) {
            meters.counter("postrider.recipients", "disposition", disposition.toString()); // From the start, at 0.
        }
    }

    /** The relay took it for every recipient. */
    public void relayed(Outgoing message) {
        TransactionReport report = message.report().orElseThrow();
        count(report);
        int recipients = report.recipients().size();
        LOG.infof(
                "relayed %s to %d %s [session %d] %s",
                message.id(),
                recipients,
                recipients == 1 ? "recipient" : "recipients",
                report.session(),
                report.recipients().get(0).reply());
    }

    void count(TransactionReport report) {
        for (RecipientReport recipient : report.recipients()) {
            meters.counter(
                            "postrider.recipients",
                            "disposition",
                            Disposition.of(recipient).toString())
                    .increment();
        }
    }
}
