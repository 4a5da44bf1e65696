package dev.postrider.bench;

/** The content of one message as it goes by: its size, its first byte, its last few. */
final class RelayContent {

    private static final int NEAR = 512;

    private final byte[] end;
    private final byte[] last;
    private int kept;
    private byte first;
    private long size;

    /** @param end what follows the content of DATA */
    RelayContent(byte[] end) {
        this.end = end.clone();
        this.last = new byte[end.length];
    }

    void clear() {
        size = 0;
        kept = 0;
    }

    /**
     * How many of these bytes are content, the end included. Only what is near the last one is looked at: who says more
     * after the final dot than QUIT or the next MAIL is not understood.
     */
    int upToEnd(byte[] bytes, int offset, int length) {
        int from = Math.max(-kept, length - NEAR);
        for (int i = from; i <= length - end.length; i++) {
            if (matches(bytes, offset, i)) {
                return i + end.length;
            }
        }
        return length;
    }

    /** Before the first of these bytes stand the last ones of those before. */
    private boolean matches(byte[] bytes, int offset, int at) {
        for (int i = 0; i < end.length; i++) {
            byte seen = at + i < 0 ? last[kept + at + i] : bytes[offset + at + i];
            if (seen != end[i]) {
                return false;
            }
        }
        return true;
    }

    void add(byte[] bytes, int offset, int length) {
        if (size == 0 && length > 0) {
            first = bytes[offset];
        }
        size += length;
        int take = Math.min(length, last.length);
        int keep = Math.min(kept, last.length - take);
        System.arraycopy(last, kept - keep, last, 0, keep);
        System.arraycopy(bytes, offset + length - take, last, keep, take);
        kept = keep + take;
    }

    long size() {
        return size;
    }

    /** The final dot has come. */
    boolean ended() {
        if (kept < end.length) {
            return false;
        }
        for (int i = 0; i < end.length; i++) {
            if (last[i] != end[i]) {
                return false;
            }
        }
        return true;
    }

    /** It begins as a header field does and ends with a line end. */
    boolean plausible() {
        return size > end.length && first >= 'A' && first <= 'Z' && last[kept - 2] == '\r' && last[kept - 1] == '\n';
    }
}
