/**
 * What becomes of a request. Of the relay's word on each recipient, its {@link dev.postrider.delivery.Disposition}, a {@link
 * dev.postrider.delivery.Settlement} is made: whom to try again, whom to give up. Outcomes, dead letter and deferral are
 * stored, on Kafka or in the folder, as long as it takes; the ledger notes it; and only then the source hears of it. Who came
 * before its time is deferred untried, {@link dev.postrider.delivery.SendTimes}.
 */
package dev.postrider.delivery;
