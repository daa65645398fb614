import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Lucene as it comes: one field, its analyzer for English with its stop words, BM25 with its own numbers, any of the
 * words of a question.
 *
 * <p>Standard input has lines of three fields between tabs: "D", an id, a text; then "Q", a number, a question. Of each
 * question standard output says its number and the ids of the best documents.
 */
public class Rank {
    public static void main(String[] arguments) throws IOException {
        int depth = Integer.parseInt(arguments[0]);
        Analyzer analyzer = new EnglishAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        IndexSearcher searcher = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", 3);
            if (parts[0].equals("D")) {
                Document document = new Document();
                document.add(new StoredField("id", parts[1]));
                document.add(new TextField("text", parts[2], Field.Store.NO));
                writer.addDocument(document);
                continue;
            }
            if (searcher == null) {
                writer.close();
                searcher = new IndexSearcher(DirectoryReader.open(directory));
            }
            StringBuilder answer = new StringBuilder(parts[1]);
            for (ScoreDoc hit : searcher.search(anyOf(analyzer, parts[2]), depth).scoreDocs) {
                answer.append('\t').append(searcher.storedFields().document(hit.doc).get("id"));
            }
            out.println(answer);
        }
        out.flush();
    }

    private static BooleanQuery anyOf(Analyzer analyzer, String text) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        try (TokenStream words = analyzer.tokenStream("text", text)) {
            CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
            words.reset();
            while (words.incrementToken()) {
                query.add(new TermQuery(new Term("text", word.toString())), BooleanClause.Occur.SHOULD);
            }
            words.end();
        }
        return query.build();
    }
}
