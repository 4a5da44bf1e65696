package dev.postrider.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Expression;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Qute's loop, over lists and objects only, each round of which is paid for. */
final class LimitedLoop implements SectionHelperFactory<SectionHelper> {

    /** Under which a rendering carries its budget. */
    static final String BUDGET = "budget";

    private final LoopSectionHelper.Factory loop = new LoopSectionHelper.Factory();

    @Override
    public List<String> getDefaultAliases() {
        return loop.getDefaultAliases();
    }

    @Override
    public ParametersInfo getParameters() {
        return loop.getParameters();
    }

    @Override
    public List<String> getBlockLabels() {
        return loop.getBlockLabels();
    }

    @Override
    public Scope initializeBlock(Scope outerScope, BlockInfo block) {
        return loop.initializeBlock(outerScope, block);
    }

    @Override
    public SectionHelper initialize(SectionInitContext context) {
        LoopSectionHelper helper = loop.initialize(context);
        Expression iterable = context.getExpression("iterable");
        return section -> section.evaluate(iterable).thenCompose(found -> {
            // Qute would count to a number, and make room for that many results beforehand.
            if (found != null && !(found instanceof Iterable)) {
                return CompletedStage.failure(TemplateException.builder()
                        .message("{expression} is no list")
                        .argument("expression", "{" + iterable.toOriginalString() + "}")
                        .origin(iterable.getOrigin())
                        .build());
            }
            return helper.resolve(new Paid(section));
        });
    }

    private record Paid(SectionHelper.SectionResolutionContext section)
            implements SectionHelper.SectionResolutionContext {

        @Override
        public CompletionStage<ResultNode> execute(SectionBlock block, ResolutionContext context) {
            // Thrown, unlike elsewhere: only that ends the loop.
            ((Budget) context.getAttribute(BUDGET)).step();
            return section.execute(block, context);
        }

        @Override
        public CompletionStage<Map<String, Object>> evaluate(Map<String, Expression> expressions) {
            return section.evaluate(expressions);
        }

        @Override
        public ResolutionContext resolutionContext() {
            return section.resolutionContext();
        }

        @Override
        public ResolutionContext newResolutionContext(Object data, Map<String, SectionBlock> extendingBlocks) {
            return section.newResolutionContext(data, extendingBlocks);
        }

        @Override
        public Map<String, Object> getParameters() {
            return section.getParameters();
        }
    }
}
