import java.io.IOException;
import java.text.BreakIterator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.CustomSeparatorBreakIterator;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.FieldHighlighter;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** The best passage of a body that was read already, its words marked by the offsets in the postings. */
final class Passages extends UnifiedHighlighter {
    static final int WIDTH = 240; // characters, more or less

    Passages(IndexSearcher searcher, Analyzer analyzer) {
        super(UnifiedHighlighter.builder(searcher, analyzer)
                .withBreakIterator(Passages::betweenWords)
                .withFormatter(new DefaultPassageFormatter("<b>", "</b>", "…", false))
                .withMaxLength(Integer.MAX_VALUE - 1)
                .withWeightMatches(false));
    }

    // There are no sentences in texts without full stops.
    private static BreakIterator betweenWords() {
        return LengthGoalBreakIterator.createClosestToLength(new CustomSeparatorBreakIterator(' '), WIDTH, 0.33f);
    }

    /** What marks one query's words, for all hits of a page. */
    FieldHighlighter of(Query query) {
        return getFieldHighlighter("body", query, extractTerms(query), 1);
    }

    /** The best passage of a document, numbered within its segment; its lead where no word occurs in the body. */
    static String best(FieldHighlighter marker, LeafReaderContext leaf, int document, String body)
            throws IOException {
        Object passage = marker.highlightFieldForDoc(leaf.reader(), document, body);
        return passage == null ? lead(body) : passage.toString();
    }

    static String lead(String body) {
        return body.substring(0, Math.min(WIDTH, body.length()));
    }
}
