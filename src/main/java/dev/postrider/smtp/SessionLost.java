package dev.postrider.smtp;

/** The connection broke in the middle of a transaction; the stage says whether the relay may have the message. */
final class SessionLost extends Exception {

    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final transient TransactionReport report;
    private boolean excused;

    /** @param report what had been decided by then, and for the other recipients that nothing was */
    SessionLost(Stage stage, String reason, TransactionReport report) {
        super(reason);
        this.stage = stage;
        this.report = report;
    }

    /** Not by any doing of this message, and the relay has nothing of it: another try does not count. */
    SessionLost excused() {
        excused = true;
        return this;
    }

    boolean isExcused() {
        return excused;
    }

    Stage stage() {
        return stage;
    }

    TransactionReport report() {
        return report;
    }
}
