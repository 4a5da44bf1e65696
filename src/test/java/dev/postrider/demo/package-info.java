/**
 * The demo: {@code mvn -q -Pdemo}. {@link dev.postrider.demo.Demo} starts a Kafka broker and a relay in this process and
 * the packaged application as another between them, all from the fixtures of the tests; {@code Tour} sends a few requests,
 * {@code Watch} sees what becomes of them at both ends, {@code Screen} shows it. {@link dev.postrider.demo.Produce} and
 * {@link dev.postrider.demo.PrintTopic} are for those who have no Kafka tools at hand. Nothing of this is in the
 * production artifact.
 */
package dev.postrider.demo;
