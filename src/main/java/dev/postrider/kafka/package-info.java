/** What all that write to Kafka have in common. */
package dev.postrider.kafka;
