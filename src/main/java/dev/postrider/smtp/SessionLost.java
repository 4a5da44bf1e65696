package dev.postrider.smtp;

/** The connection broke in the middle of a transaction; the stage says whether the relay may have the message. */
final class SessionLost extends Exception {

    private static final long serialVersionUID = 1L;

    private final Stage stage;

    SessionLost(Stage stage, String reason) {
        super(reason);
        this.stage = stage;
    }

    Stage stage() {
        return stage;
    }
}
