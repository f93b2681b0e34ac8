import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Indexes and searches plain words by Lucene and measures the times; started by lucene.py.
 *
 * <pre>
 * index CORPUS FOLDER       indexes one document a line; prints seconds and processor seconds
 * once FOLDER SHAPE WORD …  prints the hits of one query
 * serve FOLDER              answers each line of input with one line:
 *     hits COUNT SHAPE WORD …             DOCUMENT SCORE DOCUMENT SCORE …, after the warm-up
 *     time COUNT REPETITIONS SECONDS SHAPE WORD …     the median in milliseconds
 * </pre>
 */
public final class Lucene {
    private static final String FIELD = "text";
    private static final int WARM_UP = 30;
    /** Nanoseconds of warm-up for one query. */
    private static final long MAX_WARM_UP = 200_000_000L;
    private static final double BUFFER_MB = 256;
    private static final int HITS = 10;

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments[0].equals("index")) {
            out.println(index(Path.of(arguments[1]), Path.of(arguments[2])));
            return;
        }
        try (Directory directory = FSDirectory.open(Path.of(arguments[1]));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null); // no search reuses the result of another
            if (arguments[0].equals("once")) {
                out.println(hits(searcher, query(arguments[2], from(arguments, 3)), HITS));
            } else {
                serve(searcher, out);
            }
        }
    }

    /** Indexes and merges to one segment in a single thread; the time includes all of it. */
    private static String index(Path corpus, Path folder) throws IOException {
        long started = System.nanoTime();
        long processor = processorTime();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(BUFFER_MB);
        config.setMergeScheduler(new SerialMergeScheduler());
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader lines = Files.newBufferedReader(corpus)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new TextField(FIELD, line, Field.Store.YES));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        return (System.nanoTime() - started) / 1e9 + " " + (processorTime() - processor) / 1e9;
    }

    /** Nanoseconds of all threads of this process. */
    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static void serve(IndexSearcher searcher, PrintStream out) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] request = line.split(" ");
            int count = Integer.parseInt(request[1]);
            if (request[0].equals("hits")) {
                warmUp(searcher, request[2], from(request, 3));
                out.println(hits(searcher, query(request[2], from(request, 3)), count));
            } else {
                int repetitions = Integer.parseInt(request[2]);
                double seconds = Double.parseDouble(request[3]);
                String[] words = from(request, 5);
                out.println(median(searcher, request[4], words, count, repetitions, seconds));
            }
        }
    }

    private static void warmUp(IndexSearcher searcher, String shape, String[] words)
            throws IOException {
        long started = System.nanoTime();
        for (int pass = 0; pass < WARM_UP; pass++) {
            searcher.search(query(shape, words), HITS);
            if (System.nanoTime() - started > MAX_WARM_UP) {
                return;
            }
        }
    }

    /** Returns the median of at most ``most`` repetitions, of fewer after some seconds. */
    private static double median(
            IndexSearcher searcher, String shape, String[] words, int count, int most,
            double seconds) throws IOException {
        double[] times = new double[most];
        int done = 0;
        for (double sum = 0; done < most && (done == 0 || sum < seconds); done++) {
            long started = System.nanoTime();
            searcher.search(query(shape, words), count);
            times[done] = (System.nanoTime() - started) / 1e9;
            sum += times[done];
        }
        Arrays.sort(times, 0, done);
        return (times[(done - 1) / 2] + times[done / 2]) / 2 * 1000;
    }

    private static String hits(IndexSearcher searcher, Query query, int count) throws IOException {
        StringBuilder line = new StringBuilder();
        for (ScoreDoc hit : searcher.search(query, count).scoreDocs) {
            line.append(hit.doc).append(' ').append(hit.score).append(' ');
        }
        return line.toString().trim();
    }

    private static Query query(String shape, String[] words) {
        if (shape.equals("phrase")) {
            return new PhraseQuery(FIELD, words);
        }
        if (shape.equals("prefix")) {
            return new PrefixQuery(new Term(FIELD, words[0]));
        }
        if (words.length == 1) {
            return new TermQuery(new Term(FIELD, words[0]));
        }
        BooleanQuery.Builder clauses = new BooleanQuery.Builder();
        for (int position = 0; position < words.length; position++) {
            clauses.add(new TermQuery(new Term(FIELD, words[position])), role(shape, position));
        }
        return clauses.build();
    }

    private static Occur role(String shape, int position) {
        if (shape.equals("any")) {
            return Occur.SHOULD;
        }
        return shape.equals("not") && position > 0 ? Occur.MUST_NOT : Occur.MUST;
    }

    private static String[] from(String[] words, int start) {
        return Arrays.copyOfRange(words, start, words.length);
    }
}
