package dev.postrider.smtp;

/**
 * What the transactions of one session share.
 *
 * @param number of the session, for reports and log lines
 * @param dialogue the connection as it was set up
 * @param rendering where each message is rendered, one after the other
 */
record Channel(
        long number,
        Dialogue dialogue,
        Exchange exchange,
        Offer offer,
        Trust trust,
        RelayTrouble trouble,
        Rendering rendering) {

    Channel withoutChunking() {
        return new Channel(number, dialogue, exchange, offer.withoutChunking(), trust, trouble, rendering);
    }
}
