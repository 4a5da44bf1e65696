package dev.postrider.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process with one client in it, which does as it is told and ends with its input.
 *
 * <pre>
 * open 40587 20
 * > done
 * run SMALL 1000
 * > done 4711 1003004005        messages, nanoseconds
 * close
 * > done
 * > failed because
 * </pre>
 */
final class ClientProcess {

    /** What an answer begins with: a library may print something too. */
    static final String ANSWER = "> ";

    private final Client client;

    private ClientProcess(Client client) {
        this.client = client;
    }

    /** @param args which client, and the folder of the authority */
    public static void main(String... args) throws IOException {
        new ClientProcess(client(args[0], Path.of(args[1]))).listen();
        System.exit(0);
    }

    private static Client client(String kind, Path home) {
        return switch (kind) {
            case "engine" -> new EngineClient(home);
            case "angus" -> new AngusClient();
            case "angus-tuned" -> new TunedAngusClient();
            case "camel-mail" -> new CamelMailClient();
            case "vertx" -> new VertxClient();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void listen() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(ANSWER + answer(line.split(" ")));
        }
    }

    private String answer(String... words) {
        try {
            switch (words[0]) {
                case "open" -> client.open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "run" -> {
                    Client.Stint stint =
                            client.run(Letter.valueOf(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
                    return "done " + stint.messages() + " " + stint.elapsed().toNanos();
                }
                default -> client.close();
            }
            return "done";
        } catch (Exception e) {
            e.printStackTrace();
            return "failed " + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }
}
