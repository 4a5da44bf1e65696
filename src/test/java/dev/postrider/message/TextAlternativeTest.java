package dev.postrider.message;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextAlternativeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            value = {
                "<p>a</p><p>b</p> ⇒ a¶¶b",
                "<div>a</div><div>b</div> ⇒ a¶b",
                "a<br>b<br/><br>c<br><br><br><br>d ⇒ a¶b¶¶c¶¶d",
                "<p>a &#10; b&#9;<b> c</b> d</p> ⇒ a b c d",
                "<b>bo</b>ld ⇒ bold",
                "<h1>Title</h1>words ⇒ Title¶¶words",
                "a&nbsp;&amp;&nbsp;&lt;b&gt; &euro; &#x1F600; &ccedil; ⇒ a & <b> € 😀 ç",
                "a&shy;b&#8203;c&zwnj;d ⇒ abc\u200Cd",
                "a<hr>b ⇒ a¶¶----------¶¶b",
                "<pre>a  b&#10;   c&#10;&#10;d</pre>e ⇒ a  b¶   c¶¶d¶¶e",
                "<img src='x' alt='Logo'> a <img src='y'> b ⇒ Logo a b",
            })
    void htmlReadsAsABrowserShowsIt(String html, String expected) {
        assertReadsAs(html, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            value = {
                "<a href='https://a.example/x?y=1&amp;z=2'>here</a>. ⇒ here (https://a.example/x?y=1&z=2).",
                "<a href=' HTTPS://a.example/ '>here</a> ⇒ here (HTTPS://a.example/)",
                "<a href='https://a.example/'>a.example</a> ⇒ a.example",
                "<a href='https://a.example'>https://a.example</a> ⇒ https://a.example",
                "see <a href='https://a.example'><img src='x' alt='Shop'></a> ⇒ see Shop (https://a.example)",
                "see <a href='https://a.example'><img src='x'></a> ⇒ see https://a.example",
                "<a href='https://a.example'><p>Button</p></a>then ⇒ Button (https://a.example)¶¶then",
                "<ul><li><a href='https://a.example'>a.example</a> ⇒ * a.example",
                "<a href='mailto:help@a.example?subject=x'>Help</a> ⇒ Help (help@a.example)",
                "<a href='mailto:help@a.example'>help@a.example</a> ⇒ help@a.example",
                "<a href='tel:+90123'>Call</a> ⇒ Call (+90123)",
                "<a href='#top'>Top</a> <a href='javascript:x()'>Run</a> <a href='/x'>Path</a> <a>None</a> ⇒ Top Run Path None",
            })
    void aLinkShowsWhereItLeads(String html, String expected) {
        assertReadsAs(html, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            value = {
                "a<ul><li>b</li><li>c</li></ul>d ⇒ a¶¶* b¶* c¶¶d",
                "<ol><li>a<li>b<li>c</ol> ⇒ 1. a¶2. b¶3. c",
                "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul> ⇒ * a¶  1. b¶* c",
                "<ul><li><p>a</p><p>b</p></li></ul> ⇒ * a¶  b",
                "<li>stray</li> ⇒ * stray",
                "a<blockquote>b<br>c</blockquote>d ⇒ a¶¶> b¶> c¶¶d",
                "<dl><dt>a</dt><dd>b</dd></dl> ⇒ a¶  b",
            })
    void aListKeepsItsShape(String html, String expected) {
        assertReadsAs(html, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            value = {
                "<table><tr><th>Item</th><th>Qty</th></tr><tr><td>Tea</td><td> 2 </td></tr></table> ⇒ Item | Qty¶Tea | 2",
                "<table><tr><td>a</td><td>&nbsp;</td><td></td><td>b</td></tr></table> ⇒ a | b",
                "<table><tr><td><p>a</p></td><td><div>b</div></td></tr></table> ⇒ a¶¶b",
                "<table><tr><td><table><tr><td>a</td></tr></table></td></tr><tr><td>b</td></tr></table> ⇒ a¶¶b",
            })
    void aTableReadsRowByRowWhetherItHoldsDataOrTheLayout(String html, String expected) {
        assertReadsAs(html, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<head><title>x</title></head>",
                "<style>.x{}</style>",
                "<script>x()</script>",
                "<!-- x --><!--[if mso]>x<![endif]-->",
                "<template>x</template>",
                "<p hidden>x</p>",
                "<div style='display:none'>x</div>",
                "<div style='color:red; DISPLAY : none !important'>x<p>y</p></div>",
                "<div style='max-height:0px;overflow:hidden'>x</div>",
                "<select><option>x</option></select>",
                "<img src='https://track.example/x.gif' width=1 height=1>",
                "&nbsp;&#8203;",
                "",
            })
    void whatNobodySeesSaysNothing(String html) {
        assertThat(TextAlternative.of(html)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"font-size:0", "mso-hide:all", "max-height:0.5em", "background:url(display:none)"})
    void whatOnlyLooksHiddenIsRead(String style) {
        assertReadsAs("<a style='" + style + "'>Button</a>", "Button");
    }

    /** Each grows fast in a converter that recurses or looks back. */
    @Test
    void hostileHtmlTakesNoTimeToSpeakOf() {
        Map<String, String> hostile = Map.of(
                "elements", "<div>".repeat(10_000) + "x",
                "links", "<b><i><a href=x>".repeat(10_000) + "x",
                "tables", "<table><tr><td>".repeat(10_000) + "x",
                "lists", "<ul><li>x".repeat(10_000),
                "quotations", "<blockquote>x<br>".repeat(10_000),
                "items", "<ol>" + "<li>x".repeat(300_000),
                "paragraphs", "<p>Hello <b>world</b> &amp; all.</p>\n".repeat(150_000),
                "brackets", "<".repeat(5_000_000),
                "attributes", "<p " + "a ".repeat(500_000),
                "style", "<p style='" + ";".repeat(5_000_000) + "'>x");

        hostile.forEach((name, html) -> {
            String text = assertTimeoutPreemptively(
                    ofSeconds(20), () -> TextAlternative.of(html).orElse(""), name);
            assertThat(text.length()).as(name).isLessThan(html.length() * 3);
        });
    }

    private static void assertReadsAs(String html, String expected) {
        assertThat(TextAlternative.of(html)).hasValue(expected.replace("¶", "\n"));
    }
}
