package dev.postrider.demo;

import java.nio.file.Path;

/**
 * Where the demo is to be. The ports are fixed, so that they can stand in the README; 0 takes a free one.
 *
 * @param folder for all it writes
 * @param exitAfterTour for machines: ends by itself, and its exit code says whether all went as expected
 */
record DemoSettings(int kafkaPort, int relayPort, int httpPort, Path folder, boolean exitAfterTour) {

    static DemoSettings fromSystemProperties() {
        return new DemoSettings(
                port("demo.kafka.port", "19092"),
                port("demo.relay.port", "12587"),
                port("demo.http.port", "18080"),
                Path.of(System.getProperty("demo.folder", "target/demo")),
                Boolean.parseBoolean(System.getProperty("demo.exit", "false")));
    }

    private static int port(String key, String standard) {
        String value = System.getProperty(key, standard);
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new CannotGoOn(
                    key + "=" + value + " is no port: give a number from 1 to 65535, or 0 for any free one");
        }
        return Integer.parseInt(value);
    }
}
