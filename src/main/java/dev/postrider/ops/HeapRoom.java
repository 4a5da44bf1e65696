package dev.postrider.ops;

import org.jboss.logging.Logger;

/**
 * How large requests may be in this heap. Out of memory would end the process, and the request would come again with the
 * next start, so what cannot fit is refused by its size. Measured: a request takes six times its size while it is read, and
 * three times while it waits; the rest of the application takes 40 MB.
 */
record HeapRoom(int requestBytes, long inFlightBytes) {

    private static final Logger LOG = Logger.getLogger(HeapRoom.class);

    private static final int MEBI = 1 << 20;
    private static final long WITHOUT_REQUESTS = 40 * MEBI;
    private static final double TIMES = 4.5;
    private static final int TIMES_WHILE_READ = 6;

    private static final int DEFAULT_REQUEST = 36 * MEBI;
    private static final long DEFAULT_IN_FLIGHT = 64 * MEBI;

    /** Less is no use. */
    private static final long LEAST = MEBI;

    /**
     * The settings as they are, if there is room for them. A default gives way where there is not.
     *
     * @param heap as large as it can get
     * @throws IllegalArgumentException naming both settings and the heap
     */
    static HeapRoom in(long heap, int requestBytes, long inFlightBytes) {
        long room = (long) (Math.max(0, heap - WITHOUT_REQUESTS) / TIMES);
        long request = requestBytes;
        long inFlight = inFlightBytes;
        if (request + inFlight > room) {
            if (requestBytes == DEFAULT_REQUEST) {
                boolean both = inFlightBytes == DEFAULT_IN_FLIGHT;
                request = both ? room * DEFAULT_REQUEST / (DEFAULT_REQUEST + DEFAULT_IN_FLIGHT) : room - inFlight;
            }
            if (inFlightBytes == DEFAULT_IN_FLIGHT) {
                inFlight = room - request;
            }
            tell(heap, new HeapRoom(requestBytes, inFlightBytes), request, inFlight, room);
        }
        return new HeapRoom((int) request, inFlight);
    }

    private static void tell(long heap, HeapRoom wanted, long request, long inFlight, long room) {
        String needed = "-Xmx" + wanted.heap() / MEBI + "m";
        long largest = Math.max(0, heap - WITHOUT_REQUESTS) / TIMES_WHILE_READ;
        if (request + inFlight > room || request > largest || request < LEAST || inFlight < LEAST) {
            throw new IllegalArgumentException("postrider.intake.in-flight-bytes (" + mebi(wanted.inFlightBytes)
                    + ") and postrider.limits.request-bytes (" + mebi(wanted.requestBytes)
                    + ") do not fit into the heap of " + mebi(heap) + ": together they may be "
                    + mebi(room) + ", and a request " + mebi(largest) + "; lower them, or give it more: " + needed);
        }
        LOG.warnf(
                "the heap of %s has no room for the largest requests: postrider.limits.request-bytes is %s and"
                        + " postrider.intake.in-flight-bytes %s; %s gives all the room",
                mebi(heap), mebi(request), mebi(inFlight), needed);
    }

    private long heap() {
        return WITHOUT_REQUESTS + (long) (TIMES * (requestBytes + inFlightBytes));
    }

    private static String mebi(long bytes) {
        return bytes < MEBI ? bytes + " bytes" : bytes / MEBI + " MiB";
    }
}
