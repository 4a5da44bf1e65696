package dev.postrider.dkim;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What signatures need of a message, taken while it is written: the header section and the hash of the body. The octets
 * themselves are kept as long as they are few, so that a small message need not be rendered a second time. Not
 * thread-safe.
 *
 * <p>What is written has to be what goes over the wire: lines end with CRLF, the last one too.
 */
public final class Imprint extends OutputStream {

    private static final int END_OF_HEADER = 4;

    private final int most;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(2048);
    private final RelaxedBody body;
    private Optional<ByteArrayOutputStream> kept = Optional.of(new ByteArrayOutputStream(4096));
    private int matched = 2; // As if a line had ended: a message may begin with the empty line.

    /** @param most octets to keep */
    public Imprint(int most) {
        this.most = most;
        this.body = new RelaxedBody(Algorithm.sha256());
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        keep(octets, offset, length);
        int from = offset;
        while (matched < END_OF_HEADER && from < offset + length) {
            byte octet = octets[from++];
            header.write(octet);
            boolean expected = octet == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        body.write(octets, from, offset + length - from);
    }

    /** All that was written; empty when it was too much to keep. */
    public Optional<byte[]> octets() {
        return kept.map(ByteArrayOutputStream::toByteArray);
    }

    /** What the signatures of one message have in common. */
    Digest digest() {
        return new Digest(HeaderSection.of(header.toByteArray()), body.hash());
    }

    record Digest(HeaderSection header, byte[] bodyHash) {}

    private void keep(byte[] octets, int offset, int length) {
        kept = kept.filter(copy -> copy.size() + length <= most);
        kept.ifPresent(copy -> copy.write(octets, offset, length));
    }
}
