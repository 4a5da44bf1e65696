package dev.postrider.message;

/** Header encoding, for the benchmark. */
public final class HeaderLoad {

    private HeaderLoad() {}

    /** The body of the field. */
    public static String subject(String text) {
        return UnstructuredField.body("Subject", text);
    }
}
