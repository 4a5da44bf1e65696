package dev.postrider.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import io.quarkus.qute.WhenSectionHelper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of Qute a template may use: {@code {name}}, {@code {#if}}, {@code {#for}}, {@code {#let}}, {@code {#when}}, and
 * values of the request's data. Thread-safe.
 *
 * <p>Not there, and so out of reach whatever a template or the data says: reflection, other namespaces ({@code inject:},
 * {@code config:}, {@code str:}), and sections that read or evaluate another template ({@code #include}, {@code #eval}, tags).
 * Qute's own extension of Quarkus would bring them all, and check templates when Postrider is built.
 */
final class TemplateLanguage {

    private static final String HTML = "text/html";
    private static final String PLAIN = "text/plain";

    private final Engine engine = Engine.builder()
            .addSectionHelpers(
                    new IfSectionHelper.Factory(),
                    new LimitedLoop(),
                    new SetSectionHelper.Factory(),
                    new WhenSectionHelper.Factory())
            .addValueResolvers(
                    ValueResolvers.mapperResolver(),
                    ValueResolvers.mapEntryResolver(),
                    ValueResolvers.collectionResolver(),
                    ValueResolvers.thisResolver(),
                    ValueResolvers.orResolver(),
                    ValueResolvers.trueResolver(),
                    ValueResolvers.orEmpty(),
                    ValueResolvers.equalsResolver(),
                    ValueResolvers.logicalAndResolver(),
                    ValueResolvers.logicalOrResolver(),
                    ValueResolvers.plusResolver(),
                    ValueResolvers.minusResolver(),
                    ValueResolvers.modResolver(),
                    ValueResolvers.rawResolver())
            .addResultMapper(new NotPrintable())
            .addResultMapper(new HtmlEscaper(List.of(HTML)))
            .strictRendering(true)
            // All of it runs on the caller's thread; a timer for each rendering would be a thread of its own.
            .useAsyncTimeout(false)
            .build();

    /**
     * @param file whose name ends in .html when values are to be escaped
     * @throws TemplateException when it is not written as Qute has it
     */
    Template parse(String file, String content) {
        String type = file.endsWith(".html") ? HTML : PLAIN;
        Template template = engine.parse(content, new Variant(Locale.ROOT, StandardCharsets.UTF_8, type), file);
        for (Expression expression : template.getExpressions()) {
            requireOwnData(expression);
        }
        return template;
    }

    /** Qute would find out when it is rendered, if ever: what stands behind {@code ?:} is not always looked at. */
    private static void requireOwnData(Expression expression) {
        if (expression.hasNamespace() && !expression.getNamespace().equals("data")) {
            throw TemplateException.builder()
                    .message("{expression}: there is no '{namespace}:' here, only the data of the request")
                    .argument("expression", "{" + expression.toOriginalString() + "}")
                    .argument("namespace", expression.getNamespace())
                    .origin(expression.getOrigin())
                    .build();
        }
        for (Expression.Part part : expression.getParts()) {
            if (part.isVirtualMethod()) {
                part.asVirtualMethod().getParameters().forEach(TemplateLanguage::requireOwnData);
            }
        }
    }

    /** A whole object or list in a letter is a mistake, and would read {@code {a=b}}. */
    private static final class NotPrintable implements ResultMapper {

        @Override
        public int getPriority() {
            return DEFAULT_PRIORITY + 1;
        }

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return result instanceof DataValue || result instanceof Map.Entry;
        }

        @Override
        public String map(Object result, Expression expression) {
            throw TemplateException.builder()
                    .message("{expression} is {a} and no text")
                    .argument("expression", "{" + expression.toOriginalString() + "}")
                    .argument("a", result instanceof DataList ? "a list" : "an object")
                    .origin(expression.getOrigin())
                    .build();
        }
    }
}
