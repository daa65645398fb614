import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** The queries of {@code benchmarks.queries} as Lucene's. */
final class Questions {
    private static final float TITLE = 3;
    private static final int EXPANSIONS = 1_000; // words of a prefix that are marked

    /** A query in neutral form; {@code days} is empty, or the first and the last, counted from 1970. */
    record Question(String kind, List<String> words, List<Integer> days) {}

    private final Map<String, String> stems = new HashMap<>();
    private final DirectoryReader reader;

    Questions(DirectoryReader reader) {
        this.reader = reader;
    }

    /** What finds and scores. */
    Query query(Question asked) {
        Query words = switch (asked.kind()) {
            case "everything" -> MatchAllDocsQuery.INSTANCE;
            case "prefix" -> inEither(field -> new PrefixQuery(new Term(field, asked.words().getFirst())), 1);
            case "phrase" -> inEither(field -> phrase(field, asked.words()), TITLE);
            case "any" -> words(asked.words(), Occur.SHOULD);
            default -> words(asked.words(), Occur.MUST);
        };
        if (asked.days().isEmpty()) {
            return words;
        }
        Query days = IntField.newRangeQuery("day", asked.days().getFirst(), asked.days().getLast());
        return new BooleanQuery.Builder().add(words, Occur.MUST).add(days, Occur.FILTER).build();
    }

    /** What is marked in bodies; null where there is nothing. */
    Query marked(Question asked) throws IOException {
        return switch (asked.kind()) {
            case "everything" -> null;
            case "prefix" -> beginning(asked.words().getFirst());
            case "phrase" -> phrase("body", asked.words());
            default -> {
                BooleanQuery.Builder any = new BooleanQuery.Builder();
                asked.words().forEach(word -> any.add(term("body", word), Occur.SHOULD));
                yield any.build();
            }
        };
    }

    private Query words(List<String> words, Occur occur) {
        List<Query> parts = words.stream().map(word -> inEither(field -> term(field, word), TITLE)).toList();
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        parts.forEach(part -> all.add(part, occur));
        return all.build();
    }

    private static Query inEither(Function<String, Query> of, float boost) {
        Query title = of.apply("title");
        return new BooleanQuery.Builder()
                .add(boost == 1 ? title : new BoostQuery(title, boost), Occur.SHOULD)
                .add(of.apply("body"), Occur.SHOULD)
                .build();
    }

    private Query phrase(String field, List<String> words) {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        words.forEach(word -> phrase.add(new Term(field, stem(word))));
        return phrase.build();
    }

    private Query term(String field, String word) {
        return new TermQuery(new Term(field, stem(word)));
    }

    private String stem(String word) {
        return stems.computeIfAbsent(word, Words::stem);
    }

    // Terms and not an automaton: their offsets are in the postings, so that no body is cut into words again.
    private Query beginning(String prefix) throws IOException {
        BytesRef start = new BytesRef(prefix);
        Set<BytesRef> found = new TreeSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            TermsEnum terms = leaf.reader().terms("body").iterator();
            if (terms.seekCeil(start) == TermsEnum.SeekStatus.END) {
                continue;
            }
            for (BytesRef term = terms.term();
                    term != null && StringHelper.startsWith(term, start) && found.size() < EXPANSIONS;
                    term = terms.next()) {
                found.add(BytesRef.deepCopyOf(term));
            }
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        found.forEach(term -> any.add(new TermQuery(new Term("body", term)), Occur.SHOULD));
        return any.build();
    }
}
