import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code Serve DIRECTORY}: answers a question a line until there are no more.
 *
 * <p>A line has four fields between tabs: "page" or "top", the kind of query, its words between spaces, its first and
 * last day between spaces or nothing. An answer is numbers and texts as {@code lucene_peer} reads them, first the
 * nanoseconds from query to page, by the clock and of this thread. Texts and pipes are not in them. "memory" is
 * answered by the peak of resident memory in KiB.
 */
public final class Serve {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public static void main(String[] arguments) throws IOException {
        Pages pages = new Pages(Path.of(arguments[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("memory")) {
                out.writeLong(peak());
            } else {
                answer(pages, line.split("\t", -1), out);
            }
            out.flush();
        }
    }

    private static void answer(Pages pages, String[] asked, DataOutputStream out) throws IOException {
        List<Integer> days = words(asked[3]).map(Integer::valueOf).toList();
        Questions.Question question = new Questions.Question(asked[1], words(asked[2]).toList(), days);
        long used = THREADS.getCurrentThreadCpuTime();
        long started = System.nanoTime();
        Pages.Page page = asked[0].equals("top") ? pages.top(question) : pages.page(question);
        out.writeLong(System.nanoTime() - started);
        out.writeLong(THREADS.getCurrentThreadCpuTime() - used);
        out.writeInt(page.total());
        for (List<String> texts : List.of(page.ids(), page.titles(), page.snippets())) {
            out.writeInt(texts.size());
            for (String text : texts) {
                write(out, text);
            }
        }
        out.writeInt(page.facets().size());
        for (Map.Entry<String, Map<String, Integer>> facet : page.facets().entrySet()) {
            write(out, facet.getKey());
            out.writeInt(facet.getValue().size());
            for (Map.Entry<String, Integer> value : facet.getValue().entrySet()) {
                write(out, value.getKey());
                out.writeInt(value.getValue());
            }
        }
    }

    private static Stream<String> words(String field) {
        return Arrays.stream(field.split(" ")).filter(word -> !word.isEmpty());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static long peak() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
