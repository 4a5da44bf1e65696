package dev.postrider.delivery;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.SendRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has to be done for a request before it may be acknowledged.
 *
 * @param request empty when it could not be read
 * @param at when its dispositions were known
 * @param reports the relay's word on each recipient; empty when it never came to a transaction
 * @param deferral for those who are to be tried again
 * @param deadLetter for those who are given up
 */
public record Settlement(
        Arrival arrival,
        Optional<SendRequest> request,
        Instant at,
        List<RecipientReport> reports,
        Optional<Deferral> deferral,
        Optional<DeadLetter> deadLetter) {}
