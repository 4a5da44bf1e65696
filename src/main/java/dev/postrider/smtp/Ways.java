package dev.postrider.smtp;

/**
 * How one transaction goes.
 *
 * @param window commands that may be said before the reply to the first of them is read
 * @param chunks content goes by BDAT (RFC 3030), which needs no leave, instead of DATA
 * @param inOneFlight a small message goes along with MAIL and RCPT
 */
record Ways(int window, boolean chunks, boolean inOneFlight) {

    /**
     * RFC 2920 §3.1: never so much that both sides wait for the other to read. A hundred replies, of 512 octets at most
     * (RFC 5321 §4.5.3.1.5), fit the buffers in between, so that the relay reads on whatever it has to say.
     */
    private static final int WINDOW = 100;

    static Ways of(Offer offer, Manner manner) {
        boolean ahead = offer.pipelining() && manner != Manner.ONE_BY_ONE;
        boolean chunks = offer.chunking() && manner != Manner.ONE_BY_ONE;
        return new Ways(ahead ? WINDOW : 1, chunks, ahead && chunks && manner == Manner.BOLD);
    }

    /** Whether anything is said before what came before it is answered. */
    boolean ahead() {
        return window > 1;
    }
}
