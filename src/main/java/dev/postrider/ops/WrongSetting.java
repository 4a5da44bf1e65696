package dev.postrider.ops;

/** A setting that stops the start; the message is the line that a person reads. */
final class WrongSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    WrongSetting(String message) {
        super(message);
    }
}
