import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.OrdinalMap;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.LongValues;

/** Exact counts of one field's values among the matches, by the ordinals of its doc values. */
final class Facet {
    private static final int SPARSE = 8; // so many times fewer matches than values: ordinals are mapped one by one
    final String field;
    private final SortedSetDocValues[] names;
    private final OrdinalMap global; // null: there is one segment, whose ordinals are those of the index
    private final String[] labels; // those shown before
    private final int[] counts;

    Facet(DirectoryReader reader, String field) throws IOException {
        this.field = field;
        List<LeafReaderContext> leaves = reader.leaves();
        names = new SortedSetDocValues[leaves.size()];
        for (LeafReaderContext leaf : leaves) {
            names[leaf.ord] = DocValues.getSortedSet(leaf.reader(), field);
        }
        global = names.length == 1 ? null : OrdinalMap.build(null, names, 0.25f);
        int size = Math.toIntExact(global == null ? names[0].getValueCount() : global.getValueCount());
        labels = new String[size];
        counts = new int[size];
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Count the values of a segment's matches: the first {@code size} of {@code documents}, in rising order. */
    void add(LeafReaderContext leaf, int[] documents, int size) throws IOException {
        if (global == null) {
            count(leaf.reader(), documents, size, LongValues.IDENTITY, counts);
            return;
        }
        LongValues numbers = global.getGlobalOrds(leaf.ord);
        int values = Math.toIntExact(names[leaf.ord].getValueCount());
        if (size < values / SPARSE) {
            count(leaf.reader(), documents, size, numbers, counts);
            return;
        }
        int[] local = new int[values];
        count(leaf.reader(), documents, size, LongValues.IDENTITY, local);
        for (int value = 0; value < values; value++) {
            if (local[value] > 0) {
                counts[(int) numbers.get(value)] += local[value];
            }
        }
    }

    private void count(LeafReader reader, int[] documents, int size, LongValues numbers, int[] into)
            throws IOException {
        SortedSetDocValues several = DocValues.getSortedSet(reader, field);
        SortedDocValues one = DocValues.unwrapSingleton(several);
        boolean plain = numbers == LongValues.IDENTITY;
        if (one == null) {
            countSeveral(several, documents, size, plain ? null : numbers, into);
        } else {
            countOne(one, documents, size, plain ? null : numbers, into);
        }
    }

    private static void countOne(SortedDocValues values, int[] documents, int size, LongValues numbers, int[] into)
            throws IOException {
        for (int i = 0; i < size; i++) {
            if (values.advanceExact(documents[i])) {
                int value = values.ordValue();
                into[numbers == null ? value : (int) numbers.get(value)]++;
            }
        }
    }

    private static void countSeveral(
            SortedSetDocValues values, int[] documents, int size, LongValues numbers, int[] into)
            throws IOException {
        for (int i = 0; i < size; i++) {
            if (values.advanceExact(documents[i])) {
                for (int left = values.docValueCount(); left > 0; left--) {
                    long value = values.nextOrd();
                    into[(int) (numbers == null ? value : numbers.get(value))]++;
                }
            }
        }
    }

    /** The most frequent values with their counts, those of one count A to Z; all that occur, if they are fewer. */
    Map<String, Integer> best(int limit) throws IOException {
        Map<String, Integer> best = new LinkedHashMap<>();
        for (int value : frequent(limit)) {
            best.put(label(value), counts[value]);
        }
        return best;
    }

    private int[] frequent(int limit) {
        // A count and, below it, what makes lower ordinals the greater: one number to compare.
        LongHeap kept = new LongHeap(Math.min(limit, counts.length));
        for (int value = 0; value < counts.length; value++) {
            if (counts[value] > 0) {
                kept.insertWithOverflow((long) counts[value] << 32 | Integer.MAX_VALUE - value);
            }
        }
        int[] values = new int[kept.size()];
        for (int place = values.length - 1; place >= 0; place--) {
            values[place] = Integer.MAX_VALUE - (int) kept.pop();
        }
        return values;
    }

    private String label(int value) throws IOException {
        if (labels[value] == null) {
            int segment = global == null ? 0 : global.getFirstSegmentNumber(value);
            long local = global == null ? value : global.getFirstSegmentOrd(value);
            labels[value] = names[segment].lookupOrd(local).utf8ToString();
        }
        return labels[value];
    }
}
