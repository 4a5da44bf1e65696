package dev.postrider.smtp;

/** The commands of one transaction, with the parameters that what the relay offers allows for. */
record Commands(Wording wording, Offer offer) {

    /**
     * MAIL (RFC 5321 §4.1.1.2).
     *
     * @param octets of the message; less than 0 when that is not known yet, and so not declared
     */
    String mail(long octets, boolean eightBit) {
        StringBuilder line = new StringBuilder(80)
                .append("MAIL FROM:<")
                .append(wording.form().envelope().reversePath())
                .append('>');
        if (offer.size() && octets >= 0) {
            line.append(" SIZE=").append(octets); // RFC 1870 §6.1
        }
        if (offer.eightBitMime() && (eightBit || wording.utf8())) {
            line.append(" BODY=8BITMIME"); // RFC 6152 §3
        }
        if (wording.utf8()) {
            line.append(" SMTPUTF8"); // RFC 6531 §3.4
        }
        return line.toString();
    }

    /** RCPT (RFC 5321 §4.1.1.3). */
    String rcpt(String recipient) {
        return "RCPT TO:<" + recipient + ">";
    }
}
