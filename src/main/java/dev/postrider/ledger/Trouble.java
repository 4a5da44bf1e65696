package dev.postrider.ledger;

import org.jboss.logging.Logger;

/** Says once what does not work, and once that it works again, however often it is tried. Thread-safe. */
final class Trouble {

    private final Logger log;
    private String kind = "";

    Trouble(Logger log) {
        this.log = log;
    }

    /** @param newKind the same kind is not told twice in a row */
    synchronized void tell(String newKind, String what) {
        if (!newKind.equals(kind)) {
            kind = newKind;
            log.warn(what);
        }
    }

    synchronized void over(String what) {
        if (!kind.isEmpty()) {
            kind = "";
            log.info(what);
        }
    }
}
