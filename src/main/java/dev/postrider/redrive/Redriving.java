package dev.postrider.redrive;

/** Sends dead letters of one source again, each once. Closed before it is finished, it leaves the rest where it is. */
interface Redriving extends AutoCloseable {

    /** Takes one; it may be sent together with those that follow. */
    void redrive(Letter letter, Outgoing outgoing) throws Refused;

    /** Returns when all that was taken is stored for good. */
    void finish();

    @Override
    void close();

    /** Hears what became of them. */
    interface Listener {

        /** So many more are stored for good. */
        void redriven(int count);

        /** One turned out not to be possible. */
        void refused(Parked parked, String why);
    }
}
