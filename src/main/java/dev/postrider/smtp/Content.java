package dev.postrider.smtp;

import java.io.IOException;

/** How content gets to the relay, once the relay waits for it. */
interface Content {

    /** What stops the content: the relay has refused a part of it. */
    final class Refused extends IOException {

        private static final long serialVersionUID = 1L;
    }

    void piece(byte[] bytes, int length) throws IOException;

    /** The last piece, with the end of the content behind it; all of it has left when this returns. */
    void last(byte[] bytes, int length) throws IOException;

    /** After DATA: dots doubled where a line begins with one (RFC 5321 §4.5.2), a dot alone at the end. */
    final class AfterData implements Content {

        private static final byte[] DOT = {'.'};
        private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

        private final Exchange exchange;
        private boolean lineBegins = true;

        AfterData(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void piece(byte[] bytes, int length) throws IOException {
            int from = 0;
            boolean begins = lineBegins;
            for (int i = 0; i < length; i++) {
                if (begins && bytes[i] == '.') {
                    exchange.write(bytes, from, i - from);
                    exchange.write(DOT, 0, 1);
                    from = i;
                }
                begins = bytes[i] == '\n'; // There is none without CR before it.
            }
            exchange.write(bytes, from, length - from);
            lineBegins = begins;
        }

        @Override
        public void last(byte[] bytes, int length) throws IOException {
            piece(bytes, length);
            exchange.write(FINAL_DOT, 0, FINAL_DOT.length);
            exchange.flush();
        }
    }

    /** Counted, and octet for octet (RFC 3030 §2). A few chunks may be on their way unanswered (§4.2, with PIPELINING). */
    final class InChunks implements Content {

        private static final int CHUNKS = 4;

        private final Exchange exchange;
        private final Course course;
        private final Group group;

        InChunks(Exchange exchange, Ways ways, Course course) {
            this.exchange = exchange;
            this.course = course;
            this.group = new Group(exchange, ways.ahead() ? CHUNKS : 1, course);
        }

        @Override
        public void piece(byte[] bytes, int length) throws IOException {
            group.makeRoom(course::wanted);
            if (!course.wanted()) {
                throw new Refused();
            }
            group.say("BDAT " + length, Stage.CONTENT, course::chunk);
            exchange.write(bytes, 0, length);
            exchange.flush();
        }

        @Override
        public void last(byte[] bytes, int length) throws IOException {
            group.readAll(course::wanted); // None is left out: after a refused chunk a LAST would be another message's.
            if (!course.wanted()) {
                throw new Refused();
            }
            exchange.command("BDAT " + length + " LAST");
            exchange.write(bytes, 0, length);
            exchange.flush();
        }

        /** Hears what is still to be said about the chunks sent, when no more will follow. */
        void abandon() throws IOException {
            group.readAll(course::wanted);
        }
    }
}
