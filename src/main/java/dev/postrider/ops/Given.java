package dev.postrider.ops;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;
import org.eclipse.microprofile.config.ConfigProvider;

/** For routes: {@code autoStartup: "{{given:kafka.bootstrap.servers}}"} starts a route when that setting has a value. */
@Singleton
@Unremovable // Camel finds it by its type.
public class Given implements PropertiesFunction, CamelContextCustomizer {

    @Override
    public void configure(CamelContext camel) {
        camel.getPropertiesComponent().addPropertiesFunction(this);
    }

    @Override
    public String getName() {
        return "given";
    }

    @Override
    public String apply(String setting) {
        return Boolean.toString(isSet(setting));
    }

    static boolean isSet(String setting) {
        return ConfigProvider.getConfig()
                .getOptionalValue(setting, String.class)
                .filter(value -> !value.isBlank())
                .isPresent();
    }
}
