package dev.postrider.demo;

/** What the demo says before and after the tour. */
final class Guide {

    private final Peers peers;
    private final DemoSettings settings;
    private final Screen screen;

    Guide(Peers peers, DemoSettings settings, Screen screen) {
        this.peers = peers;
        this.settings = settings;
        this.screen = screen;
    }

    void introduce() {
        screen.say("""

                  Kafka      localhost:%d  a broker with the topics %s and %s
                  relay      localhost:%d  wants STARTTLS and AUTH; its certificate is from a CA made just now
                  Postrider  localhost:%d  target/quarkus-app, a process of its own; trusts that CA only
                """.formatted(
                peers.broker().port(),
                Peers.REQUESTS,
                Peers.DEAD_LETTERS,
                peers.relay().port(),
                peers.application().httpPort()).stripTrailing());
    }

    void suggest() {
        screen.heading("Everything stays up until Ctrl-C. Try, from another terminal in this directory:");
        screen.say("""

                  a request on the topic      java @DEMO/produce DEMO/requests/order.json
                  one of your own             echo '{"from":"me@example.com","to":["you@example.org"],"text":"Hi"}' |
                                              java @DEMO/produce
                  a file in the inbox         ln DEMO/requests/order.json DEMO/spool/inbox/
                  dead letters on the topic   java @DEMO/dead-letters
                  dead letters in the folder  cat DEMO/spool/dead-letters/*.failure.json
                  what the relay was given    ls DEMO/relay/
                  health and metrics          http://localhost:HTTP/q/health  http://localhost:HTTP/q/metrics
                  its settings and its log    DEMO/config/application.properties  DEMO/postrider.log

                nobody@... is refused for good, busy@... for now; anybody else is welcome.""".replace("DEMO", settings.folder().toString())
                .replace("HTTP", Integer.toString(peers.application().httpPort())));
    }
}
