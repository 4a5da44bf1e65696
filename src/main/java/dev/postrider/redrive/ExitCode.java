package dev.postrider.redrive;

/** How the command ends; part of its contract. */
enum ExitCode {
    /** Everything that was asked for is done. */
    DONE(0),
    /** Some of what was asked for was refused or is not there. */
    SOME_LEFT(1),
    /** The command line is not understood, or too little of it is said. */
    USAGE(2),
    /** Settings, brokers, disk or another run are in the way; running it again goes on where this one ended. */
    FAILED(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
