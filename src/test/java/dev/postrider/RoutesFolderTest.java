package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code routes/} is the table of contents: complete, named alike everywhere, and it leads somewhere. */
class RoutesFolderTest {

    private static final List<RouteFile> FILES = RouteFile.all();
    private static final JavaClasses CODE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.postrider");

    @Test
    void theOrderedListNamesTheFilesOfTheFolder() throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        String[] list =
                settings.getProperty("camel.main.routes-include-pattern").split(",");

        assertThat(list)
                .containsExactlyInAnyOrderElementsOf(FILES.stream()
                        .map(file -> "${postrider.routes}/" + file.name())
                        .toList());
    }

    @Test
    void everyRouteIsNamedAfterItsFileAndSaysInALineWhatItDoes() {
        assertThat(FILES).allSatisfy(file -> {
            assertThat(file.name()).matches("\\d\\d-[a-z-]+\\.camel\\.yaml");
            assertThat(file.routes()).allSatisfy(route -> {
                assertThat(route.get("id")).isEqualTo(file.title());
                assertThat(route.get("description")).asString().isNotBlank().doesNotContain("\n");
            });
        });
        assertThat(FILES.stream().flatMap(file -> file.routes().stream()).map(route -> route.get("id")))
                .doesNotHaveDuplicates();
    }

    @Test
    void endpointsAreWrittenAsUriAndParameters() {
        assertThat(endpoints()).allSatisfy(endpoint -> {
            assertThat(endpoint).isInstanceOf(Map.class);
            assertThat(uri(endpoint)).matches("[a-z]+");
        });
    }

    @Test
    void everyInnerEndpointThatIsCalledIsThereAndEveryOneThatIsThereIsCalled() {
        Set<String> called = inner(FILES.stream().flatMap(file -> file.exits().stream()));
        List<String> there = FILES.stream()
                .flatMap(file -> inner(file.entrances().stream()).stream())
                .toList();

        assertThat(there).isNotEmpty().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void everyBeanThatIsNamedIsThereAndHasTheMethodThatIsCalled() {
        assertThat(FILES.stream().flatMap(file -> file.beans().stream())).isSubsetOf(beans().keySet());
        assertThat(FILES.stream().flatMap(file -> file.calls().stream()))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(methods(call)).isNotEmpty());
    }

    @Test
    void whatIsCalledOrMentionedByNameIsThereInTheNativeImageToo() {
        Stream<String> called = FILES.stream()
                .flatMap(file -> file.calls().stream())
                .filter(call -> beans().containsKey(call.bean()))
                .flatMap(call -> Stream.concat(
                        Stream.of(beans().get(call.bean()).getName()),
                        methods(call).flatMap(RoutesFolderTest::typesOfOurs)));
        Stream<String> mentioned = FILES.stream().flatMap(file -> file.classes().stream());

        assertThat(Stream.concat(called, mentioned)).isNotEmpty().isSubsetOf(registeredForReflection());
    }

    private static List<Object> endpoints() {
        return FILES.stream()
                .flatMap(file -> Stream.concat(file.entrances().stream(), file.exits().stream()))
                .toList();
    }

    private static String uri(Object endpoint) {
        return String.valueOf(((Map<?, ?>) endpoint).get("uri"));
    }

    /** {@code direct:} and {@code seda:} with their names. */
    private static Set<String> inner(Stream<Object> endpoints) {
        return endpoints
                .filter(endpoint -> List.of("direct", "seda").contains(uri(endpoint)))
                .map(endpoint ->
                        uri(endpoint) + ":" + ((Map<?, ?>) ((Map<?, ?>) endpoint).get("parameters")).get("name"))
                .collect(Collectors.toSet());
    }

    /** By the name a route calls them by: classes with {@code @Named}, and what a producer method with it returns. */
    private static Map<String, JavaClass> beans() {
        Map<String, JavaClass> beans = new HashMap<>();
        for (JavaClass type : CODE) {
            type.tryGetAnnotationOfType(Named.class).ifPresent(named -> beans.put(named.value(), type));
            for (JavaMethod method : type.getMethods()) {
                method.tryGetAnnotationOfType(Named.class)
                        .ifPresent(named -> beans.put(named.value(), method.getRawReturnType()));
            }
        }
        return beans;
    }

    private static Stream<JavaMethod> methods(RouteFile.Call call) {
        return beans().get(call.bean()).getMethods().stream()
                .filter(method -> method.getName().equals(call.method()))
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC));
    }

    /** What a route may look into before or after the call. */
    private static Stream<String> typesOfOurs(JavaMethod method) {
        return Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                .filter(type -> type.getPackageName().startsWith("dev.postrider"))
                .map(JavaClass::getName);
    }

    private static Set<String> registeredForReflection() {
        Set<String> registered = new HashSet<>();
        for (JavaClass type : CODE) {
            type.tryGetAnnotationOfType(RegisterForReflection.class).ifPresent(annotation -> {
                registered.add(type.getName());
                Arrays.stream(annotation.targets()).map(Class::getName).forEach(registered::add);
            });
        }
        return registered;
    }
}
