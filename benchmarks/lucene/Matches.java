import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopScoreDocCollector;

/**
 * One pass over all matches: each is scored for the ten best and noted, and after a segment its notes are counted
 * facet by facet, so that one column of doc values is read at a time.
 */
final class Matches implements CollectorManager<Collector, Integer> {
    private final TopScoreDocCollector best;
    private final List<Facet> facets;
    private final int[] documents; // of the segment at hand
    private int total;

    /** {@code documents} has room for the largest segment and is used again by the next query. */
    Matches(TopScoreDocCollector best, List<Facet> facets, int[] documents) {
        this.best = best;
        this.facets = facets;
        this.documents = documents;
    }

    @Override
    public Collector newCollector() {
        return new Collector() {
            @Override
            public ScoreMode scoreMode() {
                return ScoreMode.COMPLETE;
            }

            @Override
            public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
                return segment(leaf, best.getLeafCollector(leaf));
            }
        };
    }

    /** How many there were: one thread collects all segments. */
    @Override
    public Integer reduce(Collection<Collector> one) {
        return total;
    }

    private LeafCollector segment(LeafReaderContext leaf, LeafCollector scored) {
        return new LeafCollector() {
            private int size;

            @Override
            public void setScorer(Scorable scorer) throws IOException {
                scored.setScorer(scorer);
            }

            @Override
            public void collect(int document) throws IOException {
                documents[size++] = document;
                scored.collect(document);
            }

            @Override
            public void finish() throws IOException {
                scored.finish();
                total += size;
                for (Facet facet : facets) {
                    facet.add(leaf, documents, size);
                }
            }
        };
    }
}
