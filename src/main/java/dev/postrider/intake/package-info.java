/**
 * The two doors. Each turns what comes in into an {@link dev.postrider.submission.Arrival}, lets in no more than there is
 * room for, and hears through the arrival's receipt when it is settled. On Kafka that is {@code PacedConsumer}, under
 * Camel's {@code kafka} endpoint; in the folder {@link dev.postrider.intake.Inbox} over {@link dev.postrider.intake.Spool}.
 * Deferred requests come in here again when they are due: {@code DueTimes}, {@link dev.postrider.intake.DeferredFiles}.
 */
package dev.postrider.intake;
