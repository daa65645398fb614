import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of articles that {@code lucene_peer.packed} writes. Threads take their articles from one stream. */
final class Articles implements AutoCloseable {
    /** One article as every engine gets it. */
    record Article(
            String id, String title, String body, String source, String category, String month, int day,
            String[] persons) {}

    private final DataInputStream in;

    Articles(Path file) throws IOException {
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20));
    }

    /** The next article, or null. Only reading the bytes is done by one thread at a time. */
    Article next() throws IOException {
        byte[] packed = bytes();
        if (packed == null) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(packed);
        int day = from.getInt();
        String[] persons = new String[from.getInt()];
        Article article = new Article(
                text(from), text(from), text(from), text(from), text(from), text(from), day, persons);
        for (int i = 0; i < persons.length; i++) {
            persons[i] = text(from);
        }
        return article;
    }

    private synchronized byte[] bytes() throws IOException {
        try {
            byte[] packed = new byte[in.readInt()];
            in.readFully(packed);
            return packed;
        } catch (EOFException over) {
            return null;
        }
    }

    private static String text(ByteBuffer from) {
        int length = from.getInt();
        int start = from.position();
        from.position(start + length);
        return new String(from.array(), start, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
