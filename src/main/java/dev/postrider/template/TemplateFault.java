package dev.postrider.template;

/** Why a template cannot be used, or not with this data: the file, the line, and what is wrong there. */
final class TemplateFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field of the request that is at fault */
    TemplateFault(String field, String reason) {
        super(reason, null, false, false);
        this.field = field;
    }

    /** {@code $.template.data.order.id: is missing; …} */
    String asViolation() {
        return field + ": " + getMessage();
    }
}
