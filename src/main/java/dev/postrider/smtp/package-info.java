/**
 * How mail leaves. The only package that opens connections to the relay. {@link dev.postrider.smtp.PooledMailSender} is
 * what the route's {@code smtp} endpoint sends through. A {@code RelayAttempt} waits at the {@link dev.postrider.smtp.Line} and
 * for its turn at the {@code RateLimit}, takes a {@code RelaySession} from the {@code SessionPool}, which gives out as many as
 * the {@code Allowance} says the relay bears, has it go through the {@code Transaction} of the message, in as few flights as
 * the relay's {@code Offer} allows for, in the {@code Wording} that the relay takes, and once more for the recipients that the
 * relay had no room for. It comes back with a {@link dev.postrider.smtp.TransactionReport}: the relay's word on every
 * recipient, and at which {@link dev.postrider.smtp.Stage}. {@code ClientRefusals} tells a refusal of us from one of the
 * message. What else that word means for the request is decided elsewhere, in {@code delivery}.
 */
package dev.postrider.smtp;
