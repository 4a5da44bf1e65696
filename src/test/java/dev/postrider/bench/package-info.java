/**
 * How fast Postrider is, beside its peers. {@link dev.postrider.bench.Bench} runs sections; most are made of {@link
 * dev.postrider.bench.Cell}s, in each of which {@link dev.postrider.bench.Peer}s take turns, round for round, at the same
 * {@link dev.postrider.bench.RelaySimulator}. Relay, broker and each peer are processes of their own, so that each one's
 * processor time and memory can be told. What was found goes to {@code docs/performance.md}; {@link
 * dev.postrider.bench.BenchIT} is the short form, which only looks at a ratio.
 */
package dev.postrider.bench;
