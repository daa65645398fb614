import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/**
 * {@code Build DIRECTORY RECORDS THREADS RUNS}: the index, made anew so many times in one process. Prints a line for
 * each: articles, seconds and seconds of the processor in all threads, from the first article to the last merge.
 */
public final class Build {
    private static final double BUFFER_MB = 512;
    private static final FieldType PASSAGES = new FieldType(TextField.TYPE_STORED);

    static {
        PASSAGES.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        PASSAGES.freeze();
    }

    public static void main(String[] arguments) throws Exception {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Path directory = Path.of(arguments[0]);
        for (int run = Integer.parseInt(arguments[3]); run > 0; run--) {
            empty(directory);
            long used = process.getProcessCpuTime();
            long started = System.nanoTime();
            long articles = index(directory, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.println(articles + "\t" + seconds + "\t" + (process.getProcessCpuTime() - used) / 1e9);
        }
    }

    private static void empty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static long index(Path directory, Path records, int threads) throws Exception {
        IndexWriterConfig settings = new IndexWriterConfig(new Words())
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                .setRAMBufferSizeMB(BUFFER_MB)
                .setUseCompoundFile(false);
        long added = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads);
                Articles articles = new Articles(records);
                IndexWriter writer = new IndexWriter(FSDirectory.open(directory), settings)) {
            List<Future<Long>> parts = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                parts.add(workers.submit(() -> new Build().add(writer, articles)));
            }
            for (Future<Long> part : parts) {
                added += part.get();
            }
            writer.commit();
        } // closing the writer waits for merges and commits them
        return added;
    }

    // One set of fields for each thread, filled again for each article.
    private final Field id = new StringField("id", "", Field.Store.YES);
    private final Field title = new TextField("title", "", Field.Store.YES);
    private final Field body = new Field("body", "", PASSAGES);
    private final IntField day = new IntField("day", 0, Field.Store.NO);
    private final Field source = new KeywordField("source", "", Field.Store.NO);
    private final Field category = new KeywordField("category", "", Field.Store.NO);
    private final Field month = new KeywordField("month", "", Field.Store.NO);

    private long add(IndexWriter writer, Articles articles) throws IOException {
        long added = 0;
        for (Articles.Article each = articles.next(); each != null; each = articles.next()) {
            writer.addDocument(document(each));
            added++;
        }
        return added;
    }

    private Document document(Articles.Article article) {
        id.setStringValue(article.id());
        title.setStringValue(article.title());
        body.setStringValue(article.body());
        day.setIntValue(article.day());
        source.setStringValue(article.source());
        category.setStringValue(article.category());
        month.setStringValue(article.month());
        Document document = new Document();
        List.of(id, title, body, day, source, category, month).forEach(document::add);
        for (String person : article.persons()) {
            document.add(new KeywordField("person", person, Field.Store.NO));
        }
        return document;
    }
}
