package dev.postrider.message;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * The words of an html body, for readers that show text: what a person would see, in the order of the source, with the
 * addresses of the links. Why this and not a converter: docs/decisions/0002-text-alternative.md.
 */
final class TextAlternative implements NodeFilter {

    private static final Set<String> UNSEEN =
            Set.of("head", "title", "style", "script", "noscript", "template", "textarea", "select", "svg", "iframe");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "hr");

    // How senders hide the preview line ("preheader"). Not mso-hide and not font-size:0: the first is on buttons that
    // only Outlook draws in another way, the second on cells whose content sets a size of its own.
    private static final Pattern HIDING_STYLE =
            Pattern.compile("(^|;)(display:none|visibility:hidden|max-height:0(px)?)(!important)?(;|$)");
    private static final Pattern TARGET =
            Pattern.compile("(?<web>https?://.+)|(?:mailto|tel):(?<other>[^?]+).*", Pattern.CASE_INSENSITIVE);

    private final PlainText out = new PlainText();
    private final Deque<Iterator<String>> markers = new ArrayDeque<>();
    private int preformatted;

    private TextAlternative() {}

    /** Empty when the html says nothing in words. Lines are not wrapped: readers do that, to the width they have. */
    static Optional<String> of(String html) {
        TextAlternative alternative = new TextAlternative();
        // jsoup bounds the depth of the tree and walks it in a loop: no html exhausts the stack.
        Jsoup.parse(html).body().filter(alternative);
        return Optional.of(alternative.out.toString()).filter(text -> !text.isEmpty());
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            if (preformatted > 0) {
                out.verbatim(text.getWholeText());
            } else {
                out.words(text.getWholeText());
            }
        } else if (node instanceof Element element) {
            if (isUnseen(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            breakAround(element);
            open(element);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            close(element);
            breakAround(element);
        }
        return FilterResult.CONTINUE;
    }

    private void open(Element element) {
        switch (element.normalName()) {
            case "br" -> out.newLine();
            case "hr" -> out.words("----------");
            case "img" -> out.words(element.attr("alt"));
            case "td", "th" -> out.cell();
            case "ul" -> markers.push(Stream.generate(() -> "* ").iterator());
            case "ol" ->
                markers.push(Stream.iterate(1, i -> i + 1).map(i -> i + ". ").iterator());
            case "li" -> out.indent(markers.isEmpty() ? "* " : markers.peek().next(), "  ");
            case "dd" -> out.indent("  ", "  ");
            case "blockquote" -> out.indent("> ", "> ");
            case "pre" -> preformatted++;
            case "a" -> out.link();
            default -> {}
        }
    }

    private void close(Element element) {
        switch (element.normalName()) {
            case "ul", "ol" -> markers.pop();
            case "li", "dd", "blockquote" -> out.outdent();
            case "pre" -> preformatted--;
            case "a" -> target(element).ifPresent(out::endLink);
            default -> {}
        }
    }

    private void breakAround(Element element) {
        switch (element.normalName()) {
            case "td", "th" -> {}
            default -> {
                if (PARAGRAPHS.contains(element.normalName()) && markers.isEmpty()) {
                    out.paragraph();
                } else if (element.isBlock()) {
                    out.line();
                }
            }
        }
    }

    private static boolean isUnseen(Element element) {
        String style = element.attr("style").replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        return UNSEEN.contains(element.normalName())
                || element.hasAttr("hidden")
                || HIDING_STYLE.matcher(style).find();
    }

    /** What is worth showing of a link; a place in the page or a script is not. */
    private static Optional<String> target(Element link) {
        Matcher target = TARGET.matcher(link.attr("href").replaceAll("\\s", ""));
        return target.matches()
                ? Optional.ofNullable(target.group("web")).or(() -> Optional.of(target.group("other")))
                : Optional.empty();
    }
}
