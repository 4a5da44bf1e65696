package dev.postrider.delivery;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.TransactionReport;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Excerpt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells of what became of the recipients: one line in the log, and the counters. */
@Singleton
public class Dispositions {

    private static final Logger LOG = Logger.getLogger(Dispositions.class);

    private static final int MOST_NAMED = 3;

    private final MeterRegistry meters;
    private final boolean named;
    private final Map<Disposition, Counter> recipients = new EnumMap<>(Disposition.class);
    private final Counter duplicates;

    Dispositions(MeterRegistry meters, LogConfig log) {
        this.meters = meters;
        this.named = log.recipients();
        for (Disposition disposition : Disposition.values()) {
            recipients.put(disposition, recipients(disposition)); // From the start, at 0.
        }
        duplicates = Counter.builder("postrider.duplicates")
                .description("Requests that came again and were not relayed again")
                .register(meters);
    }

    void tell(Settlement settlement) {
        String name = settlement.name();
        settlement.report().ifPresent(report -> relayed(name, report));
        if (settlement.isPutOff()) {
            LOG.infof("%s waits: another request with this id is under way", name);
            return;
        }
        settlement.deferral().ifPresent(deferral -> deferred(name, deferral));
        settlement.deadLetter().ifPresent(letter -> deadLettered(name, letter));
        if (settlement.isDuplicate()) {
            duplicates.increment();
            LOG.infof("%s%s was settled before and is not relayed again", name, source(name, settlement.arrival()));
        }
    }

    private void relayed(String name, TransactionReport report) {
        for (RecipientReport recipient : report.recipients()) {
            recipients.get(Disposition.of(recipient)).increment();
        }
        List<RecipientReport> relayed = report.relayed();
        if (!relayed.isEmpty()) {
            // The one line that each message costs: not by a format, which would take longer than all else here.
            LOG.info("relayed " + name + " to "
                    + recipients(
                            relayed.stream().map(RecipientReport::recipient).toList()) + " [session " + report.session()
                    + "] " + relayed.get(0).reply());
        }
    }

    private void deferred(String name, Deferral deferral) {
        LOG.warnf(
                "deferred %s for %s until %s (attempt %d): %s",
                name,
                recipients(deferral.history().recipients()),
                deferral.next().due().truncatedTo(ChronoUnit.SECONDS),
                deferral.history().attempts().size(),
                deferral.history().lastAttempt().orElseThrow().reply());
    }

    void deadLettered(String name, DeadLetter letter) {
        Counter.builder("postrider.dead.letters")
                .tag("reason", letter.reason().toString())
                .description("Requests that became dead letters")
                .register(meters)
                .increment();
        List<String> left = letter.history().recipients();
        LOG.warnf(
                "dead-lettered %s: %s: %s%s%s",
                name,
                letter.reason(),
                letter.detail().replace(letter.arrival().origin().name() + ": ", ""),
                left.isEmpty() ? "" : "; for " + recipients(left),
                source(name, letter.arrival()));
    }

    /** Where it came from, unless its name says so: two requests may have one id. */
    private static String source(String name, Arrival arrival) {
        String source = arrival.origin().name();
        return source.equals(name) ? "" : " (from " + source + ")";
    }

    private Counter recipients(Disposition disposition) {
        return Counter.builder("postrider.recipients")
                .tag("disposition", disposition.toString())
                .description("Recipients by what became of them, in each attempt")
                .register(meters);
    }

    /** {@code ada@example.org, grace@example.org, bob@example.org and 7 more}; or only how many. */
    String recipients(List<String> recipients) {
        int all = recipients.size();
        if (!named || all == 0) {
            return all + (all == 1 ? " recipient" : " recipients");
        }
        String names = Excerpt.printable(String.join(", ", recipients.subList(0, Math.min(all, MOST_NAMED))));
        return all <= MOST_NAMED ? names : names + " and " + (all - MOST_NAMED) + " more";
    }
}
