package dev.postrider.smtp;

/** The relay answers, but takes no further session at the moment; those it has may go on. */
final class RelayBusy extends RelayBroken {

    private static final long serialVersionUID = 1L;

    RelayBusy(String message, Throwable cause) {
        super(message, cause);
    }
}
