/**
 * A guided tour: a send request from its arrival to the relay's 250.
 *
 * <ol>
 *   <li>A record of {@code mail.requests} or a file of {@code inbox/} comes in at one of the doors of
 *       {@link dev.postrider.intake} and is from now on an {@link dev.postrider.submission.Arrival}: bytes, where they
 *       came from, and a receipt.
 *   <li>{@code SubmissionReader} in {@link dev.postrider.submission} makes a {@link dev.postrider.submission.Submission} of
 *       it, a send request or a raw message, or says what is wrong with it.
 *   <li>If it is early, {@code SendTimes} in {@link dev.postrider.delivery} has it put away until its time, and it comes in
 *       again then.
 *   <li>{@link dev.postrider.ledger} is asked whether it was relayed before: then it ends here.
 *   <li>{@link dev.postrider.template} fills in the words, if they come from a template.
 *   <li>{@link dev.postrider.message} composes the MIME message, if it is not one already, and fixes its envelope, and {@link dev.postrider.dkim}
 *       signs it where the domain in its From field has a key.
 *   <li>{@link dev.postrider.smtp} takes a session with the relay from the pool and hands the message over. If the relay
 *       is broken, the line stops here, and everything before it waits.
 *   <li>{@link dev.postrider.delivery} reads the relay's word on each recipient. In this order, and each step only when
 *       the one before is stored: {@link dev.postrider.outcome} tells what became of them; who is deferred waits on a
 *       retry topic or in {@code .deferred/} and comes in again later, alone; who failed becomes a dead letter; the ledger
 *       notes it; and the receipt is settled: only now is the offset committed, or the file put away.
 *   <li>{@link dev.postrider.ops} is what those who run it look at.
 * </ol>
 *
 * <p>What ends as a dead letter can go back: {@link dev.postrider.redrive}, a command of its own.
 *
 * <p>The order of these steps is not in the code but in {@code routes/}.
 */
package dev.postrider;
