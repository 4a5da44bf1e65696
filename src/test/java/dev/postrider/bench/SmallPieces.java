package dev.postrider.bench;

import dev.postrider.message.ComposedMessage;
import dev.postrider.message.HeaderLoad;
import dev.postrider.message.MessageComposer;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import dev.postrider.submission.SendRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for each message, in pieces. JMH wants the class open and the methods public. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SmallPieces {

    private final MessageComposer composer =
            new MessageComposer(Clock.systemUTC(), Optional.of("X-Postrider-Id"), Optional.empty());
    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private final SendRequest request = Letter.SMALL.request("bench-1");
    private final Arrival arrival =
            new Arrival(new Origin.InboxFile(Path.of("bench-1"), "bench-1"), Letter.SMALL.json("bench-1"), () -> {});
    private final Signature signature = rsa();

    /** A 2 KB message, from the fields to the bytes. */
    @Benchmark
    public int composeAndRender() throws Exception {
        ComposedMessage message = composer.compose(request, arrival);
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        message.writeTo(out);
        return out.size();
    }

    /** A 2 KB message, from the fields to what can be rendered. */
    @Benchmark
    public ComposedMessage compose() throws Exception {
        return composer.compose(request, arrival);
    }

    /** From JSON to a checked request. */
    @Benchmark
    public SendRequest readRequest() throws InvalidRequest {
        return reader.read(arrival);
    }

    /** A subject in three scripts, as a header field. */
    @Benchmark
    public String encodeHeader() {
        return HeaderLoad.subject("Invoice 42 – Rechnung – 請求書: Teşekkürler, siparişiniz yolda");
    }

    /** What a DKIM signature costs at the least: RSA with 2048 bits over 2 KB. */
    @Benchmark
    public byte[] bareSignature() throws GeneralSecurityException {
        signature.update(arrival.content());
        return signature.sign();
    }

    private static Signature rsa() {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(SigningKey.create());
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA", e);
        }
    }
}
