package dev.postrider.smtp;

/**
 * What the transactions of one session share.
 *
 * @param number of the session, for reports and log lines
 * @param rendering where each message is rendered, one after the other
 */
record Channel(long number, Exchange exchange, Offer offer, Trust trust, RelayTrouble trouble, Rendering rendering) {

    Channel withoutChunking() {
        return new Channel(number, exchange, offer.withoutChunking(), trust, trouble, rendering);
    }
}
