package dev.postrider.bench;

/** Somebody who sends, seen from outside. Used by one thread. Whatever it throws ends its part in the cell, and no more. */
interface Peer extends AutoCloseable {

    String name();

    /** Gets ready for this cell, and warm. */
    void enter(Cell cell) throws Exception;

    /** What has to lie ready before its turn, and does not count. */
    default void prepare(Cell cell) throws Exception {}

    /** Takes its turn; when it returns, everything it began has been answered. */
    Client.Stint run(Cell cell) throws Exception;

    /** The cell is over. */
    void leave() throws Exception;

    /** The process that does the work. */
    Usage usage();

    @Override
    void close();
}
