import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.FieldHighlighter;
import org.apache.lucene.store.MMapDirectory;

/** An open index, asked by one thread. No query is remembered: the other engines remember none either. */
final class Pages {
    private static final int TOP = 10;
    private static final Map<String, Integer> FACETS = new LinkedHashMap<>(); // each with the values that a page lists
    private static final Set<String> HEAD = Set.of("id", "title");

    static {
        FACETS.put("source", Integer.MAX_VALUE);
        FACETS.put("category", Integer.MAX_VALUE);
        FACETS.put("month", Integer.MAX_VALUE);
        FACETS.put("person", 50);
    }

    /** A results page; of the ten best alone, only ids and titles. */
    record Page(
            int total, List<String> ids, List<String> titles, List<String> snippets,
            Map<String, Map<String, Integer>> facets) {}

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Questions questions;
    private final Passages passages;
    private final List<Facet> facets = new ArrayList<>();
    private final int[] documents;

    Pages(Path directory) throws IOException {
        reader = DirectoryReader.open(new MMapDirectory(directory));
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        questions = new Questions(reader);
        passages = new Passages(searcher, new Words());
        for (String field : FACETS.keySet()) {
            facets.add(new Facet(reader, field));
        }
        documents = new int[reader.leaves().stream().mapToInt(leaf -> leaf.reader().maxDoc()).max().orElse(0)];
    }

    /** The ten best articles alone: whole blocks of matches that cannot be among them are skipped. */
    Page top(Questions.Question asked) throws IOException {
        Query query = questions.query(asked);
        List<String> ids = new ArrayList<>(TOP);
        List<String> titles = new ArrayList<>(TOP);
        StoredFields stored = reader.storedFields();
        for (ScoreDoc hit : searcher.search(query, new TopScoreDocCollectorManager(TOP, null, TOP)).scoreDocs) {
            Document head = stored.document(hit.doc, HEAD);
            ids.add(head.get("id"));
            titles.add(head.get("title"));
        }
        return new Page(0, ids, titles, List.of(), Map.of());
    }

    /** The ten best articles, the exact total, exact counts of four facets, a passage of each of the ten. */
    Page page(Questions.Question asked) throws IOException {
        TopScoreDocCollector best = new TopScoreDocCollectorManager(TOP, null, Integer.MAX_VALUE).newCollector();
        facets.forEach(Facet::clear);
        int total = searcher.search(questions.query(asked), new Matches(best, facets, documents));
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Facet facet : facets) {
            counts.put(facet.field, facet.best(FACETS.get(facet.field)));
        }
        List<String> ids = new ArrayList<>(TOP);
        List<String> titles = new ArrayList<>(TOP);
        List<String> snippets = new ArrayList<>(TOP);
        Query marked = questions.marked(asked);
        FieldHighlighter marker = marked == null ? null : passages.of(marked);
        StoredFields stored = reader.storedFields();
        for (ScoreDoc hit : best.topDocs().scoreDocs) {
            Document article = stored.document(hit.doc);
            ids.add(article.get("id"));
            titles.add(article.get("title"));
            snippets.add(snippet(marker, hit.doc, article.get("body")));
        }
        return new Page(total, ids, titles, snippets, counts);
    }

    private String snippet(FieldHighlighter marker, int document, String body) throws IOException {
        if (marker == null) {
            return Passages.lead(body);
        }
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
        return Passages.best(marker, leaf, document - leaf.docBase, body);
    }
}
