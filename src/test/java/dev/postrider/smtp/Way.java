package dev.postrider.smtp;

import dev.postrider.fixture.ScriptedRelay;

/** The ways a transaction may go, by what the relay offers. What becomes of the recipients is the same on each of them. */
enum Way {
    /** Each command waits for the reply to the one before. */
    ONE_BY_ONE("DATA") {
        @Override
        ScriptedRelay offeredBy(ScriptedRelay relay) {
            return relay.without("PIPELINING").without("CHUNKING");
        }
    },
    /** MAIL, RCPT and DATA together, then the content. */
    PIPELINED("DATA") {
        @Override
        ScriptedRelay offeredBy(ScriptedRelay relay) {
            return relay.without("CHUNKING");
        }
    },
    /** All at once. */
    IN_ONE_FLIGHT("BDAT") {
        @Override
        ScriptedRelay offeredBy(ScriptedRelay relay) {
            return relay;
        }
    };

    private final String contentCommand;

    Way(String contentCommand) {
        this.contentCommand = contentCommand;
    }

    /** Makes the relay offer what it takes. */
    abstract ScriptedRelay offeredBy(ScriptedRelay relay);

    ScriptedRelay relay() {
        return offeredBy(ScriptedRelay.plain());
    }

    /** The command that content follows. */
    String contentCommand() {
        return contentCommand;
    }

    /** How content looks in the transcript. */
    String content() {
        return inOneFlight() ? "C: (chunk)" : "C: (message)";
    }

    /** Where a refusal of that command counts. */
    Stage contentStage() {
        return inOneFlight() ? Stage.FINAL_DOT : Stage.DATA;
    }

    boolean inOneFlight() {
        return this == IN_ONE_FLIGHT;
    }
}
