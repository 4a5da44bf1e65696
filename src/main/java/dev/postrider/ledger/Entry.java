package dev.postrider.ledger;

/** A line of the ledger: this leg was settled, with this content, at this time. */
public record Entry(LegKey leg, Note note) {}
