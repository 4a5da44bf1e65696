package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nodemailer with its pool, when {@code node} and {@code npm} are there; twice as many messages are given to it as it has sessions. */
final class Nodemailer {

    private static final String PACKAGE = "nodemailer@6";
    private static final long PATIENCE_SECONDS = 120;

    /** Understands what {@link ClientProcess} does. */
    private static final String SCRIPT = """
            const fs = require('fs'), net = require('net'), readline = require('readline');
            const nodemailer = require('nodemailer');
            const noDelay = process.argv[4] === 'noDelay';
            const letters = JSON.parse(fs.readFileSync(process.argv[2]));
            const ca = fs.readFileSync(process.argv[3]);
            for (const letter of Object.values(letters)) {
              for (const file of letter.attachments || []) file.content = Buffer.from(file.content, 'base64');
            }
            let transport, atOnce;
            function open(port, sessions) {
              atOnce = 2 * sessions;
              transport = nodemailer.createTransport({
                pool: true, host: 'localhost', port, secure: false, requireTLS: true, tls: { ca },
                auth: { user: 'postrider', pass: 'correct-horse' }, maxConnections: sessions, maxMessages: Infinity,
                ...(noDelay && { getSocket: (options, done) => {
                  const connection = net.connect({ host: '127.0.0.1', port, noDelay: true }, () => done(null, { connection }));
                  connection.on('error', done);
                } }) });
            }
            async function run(letter, window) {
              const start = process.hrtime.bigint(), end = start + BigInt(window) * 1000000n;
              let sent = 0;
              const loop = async () => {
                while (process.hrtime.bigint() < end) { await transport.sendMail({ ...letter }); sent++; }
              };
              await Promise.all(Array.from({ length: atOnce }, loop));
              return sent + ' ' + (process.hrtime.bigint() - start);
            }
            readline.createInterface({ input: process.stdin }).on('line', async line => {
              const words = line.split(' ');
              try {
                let said = '';
                if (words[0] === 'open') open(+words[1], +words[2]);
                else if (words[0] === 'run') said = ' ' + await run(letters[words[1]], +words[2]);
                else transport.close();
                console.log('> done' + said);
              } catch (e) {
                console.error(e);
                console.log('> failed ' + e.message);
              }
            }).on('close', () => process.exit());
            """;

    private Nodemailer() {}

    /** Fetches it into this folder, and writes down how to run it. */
    static List<String> install(Path folder, Path authority) throws IOException {
        Files.createDirectories(folder);
        Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", PACKAGE)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        try {
            if (!npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm could not install " + PACKAGE + ", see " + folder.resolve("npm.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Path script = Files.writeString(folder.resolve("client.js"), SCRIPT);
        Path letters = Files.writeString(folder.resolve("letters.json"), letters());
        return List.of("node", script.toString(), letters.toString(), authority.toString());
    }

    /** The same with TCP_NODELAY: else what it writes in pieces waits for acknowledgements, 40 ms at a time. */
    static List<String> tuned(List<String> command) {
        List<String> more = new ArrayList<>(command);
        more.add("noDelay");
        return more;
    }

    private static String letters() {
        StringBuilder json = new StringBuilder("{");
        for (Letter letter : Letter.values()) {
            json.append(json.length() > 1 ? ",\n" : "\n")
                    .append('"')
                    .append(letter.name())
                    .append("\": ")
                    .append(new String(letter.json(letter.name()), US_ASCII).replaceFirst("\"id\": \"[A-Z]+\", ", ""));
        }
        return json.append("\n}\n").toString();
    }
}
