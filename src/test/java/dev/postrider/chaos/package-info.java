/**
 * The proof that nothing is lost. The packaged application runs between a Kafka broker, a watched folder and a relay that
 * counts; one thing after another goes wrong ({@link dev.postrider.chaos.Faults}), and each time what went in is compared
 * with what came out, recipient by recipient ({@link dev.postrider.chaos.Books}). {@link dev.postrider.chaos.ChaosIT} is
 * the short form, {@link dev.postrider.chaos.Chaos} the long one, which writes {@code docs/chaos.md}.
 */
package dev.postrider.chaos;
