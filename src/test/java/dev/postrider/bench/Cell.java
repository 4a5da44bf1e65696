package dev.postrider.bench;

/**
 * One set of circumstances in which peers are compared.
 *
 * @param work what is done
 * @param delay of each reply, in milliseconds
 */
record Cell(Work work, Letter letter, int sessions, int delay, Offer offer) {

    enum Work {
        /** From the fields of a message to the relay's reply. */
        SEND,
        /** From a waiting record or file to the relay's reply, and until the source is told. */
        CARRY
    }

    static Cell send(Letter letter, int sessions, int delay, Offer offer) {
        return new Cell(Work.SEND, letter, sessions, delay, offer);
    }

    static Cell carry(int sessions, int delay, Offer offer) {
        return new Cell(Work.CARRY, Letter.SMALL, sessions, delay, offer);
    }

    @Override
    public String toString() {
        return letter + ", " + sessions + (sessions == 1 ? " session, " : " sessions, ") + delay + " ms, " + offer;
    }
}
