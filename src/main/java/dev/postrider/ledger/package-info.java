/**
 * What was settled lately, so that it is not relayed again. {@link dev.postrider.ledger.Ledger} answers from memory and
 * remembers in a {@link dev.postrider.ledger.LedgerStore}: a compacted topic that all instances follow, or files in the
 * watched folder. A note is stored a moment after the relay's 250, in batches; a crash in that moment duplicates, and
 * never loses.
 */
package dev.postrider.ledger;
