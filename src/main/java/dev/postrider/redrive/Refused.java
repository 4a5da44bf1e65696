package dev.postrider.redrive;

/** Why one dead letter is not redriven; the others are. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }
}
