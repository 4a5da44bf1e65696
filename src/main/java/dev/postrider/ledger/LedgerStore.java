package dev.postrider.ledger;

/** Where the ledger survives a restart. Storing an entry twice does no harm. Thread-safe. */
public interface LedgerStore {

    /** Begins to read, in a thread of its own, until closed. Called once, before anything else. */
    void open(Reader reader);

    /** Stores soon, in a thread of its own; never waits, never fails. */
    void append(Entry entry);

    /**
     * Whether what others have noted up to a few seconds ago was read. Not so after this process was stopped for a while: then
     * an answer would be too old.
     */
    default boolean isCurrent() {
        return true;
    }

    /** Stores what was appended, for a few seconds at most. */
    void close();

    /** Hears what is in the store. */
    interface Reader {

        /** What this or another instance has noted. The order is roughly that of time. */
        void read(Entry entry);

        /** All that was there when the store was opened has been read. */
        void loaded();
    }

    /** Forgets everything. */
    static LedgerStore none() {
        return new LedgerStore() {
            @Override
            public void open(Reader reader) {
                reader.loaded();
            }

            @Override
            public void append(Entry entry) {}

            @Override
            public void close() {}
        };
    }
}
