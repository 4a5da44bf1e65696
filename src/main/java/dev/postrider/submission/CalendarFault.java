package dev.postrider.submission;

/** What keeps a text from being a calendar object. */
final class CalendarFault extends Exception {

    private static final long serialVersionUID = 1L;

    CalendarFault(String rule) {
        super(rule, null, false, false);
    }
}
