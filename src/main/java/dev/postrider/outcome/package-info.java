/**
 * What became of each recipient in each attempt, told to whoever wants to know: one {@link dev.postrider.outcome.Outcome}
 * each, as a CloudEvent on a topic or, without Kafka, as a line of {@code outcomes.jsonl}. A request is acknowledged only
 * when its outcomes are stored, so none is missing; after a crash one may come twice, with the same id.
 */
package dev.postrider.outcome;
