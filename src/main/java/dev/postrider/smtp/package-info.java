/**
 * How mail leaves. The only package that opens connections to the relay. {@link dev.postrider.smtp.PooledMailSender} is
 * what the route's {@code smtp} endpoint sends through; it waits at the {@link dev.postrider.smtp.Line} and for its turn at
 * the {@code RateLimit}, takes a {@code RelaySession} from the {@code SessionPool}, which gives out as many as the
 * {@code Allowance} says the relay bears, has it go through the {@code Transaction} of the message, in as few flights as
 * the relay's {@code Offer} allows for and our {@code Trust} in it, in the {@code Wording} that the relay takes, and comes
 * back with a {@link dev.postrider.smtp.TransactionReport}: the relay's word on every recipient, and at which
 * {@link dev.postrider.smtp.Stage}. What that word means for the request is decided elsewhere, in {@code delivery}.
 */
package dev.postrider.smtp;
