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
 * Lucene over plain words, asked through a pipe and timed in here: lucene.py has the other end.
 *
 * <pre>
 * index CORPUS FOLDER       indexes a document a line; prints seconds and processor seconds
 * once FOLDER SHAPE WORD …  prints the hits of one query
 * serve FOLDER              answers a line each time, until there are none:
 *     hits COUNT SHAPE WORD …             DOCUMENT SCORE DOCUMENT SCORE …, after the warm-up
 *     time COUNT REPETITIONS SECONDS SHAPE WORD …     the median in milliseconds
 * </pre>
 */
public final class Lucene {
    private static final String FIELD = "text";
    private static final int WARM_UP = 30;
    /** Nanoseconds that one query may be warmed up for. */
    private static final long LONGEST_WARM_UP = 200_000_000L;
    private static final double BUFFER_MB = 256;
    private static final int HITS = 10;

    public static void main(String[] given) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (given[0].equals("index")) {
            out.println(index(Path.of(given[1]), Path.of(given[2])));
            return;
        }
        try (Directory directory = FSDirectory.open(Path.of(given[1]));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null); // every search does all of its work
            if (given[0].equals("once")) {
                out.println(hits(searcher, query(given[2], from(given, 3)), HITS));
            } else {
                serve(searcher, out);
            }
        }
    }

    /** One thread that merges too, and one segment in the end; all of it within the time. */
    private static String index(Path corpus, Path folder) throws IOException {
        long started = System.nanoTime();
        long worked = processor();
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
        return (System.nanoTime() - started) / 1e9 + " " + (processor() - worked) / 1e9;
    }

    /** Nanoseconds of all threads of this process. */
    private static long processor() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static void serve(IndexSearcher searcher, PrintStream out) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] asked = line.split(" ");
            int count = Integer.parseInt(asked[1]);
            if (asked[0].equals("hits")) {
                warmUp(searcher, asked[2], from(asked, 3));
                out.println(hits(searcher, query(asked[2], from(asked, 3)), count));
            } else {
                int repetitions = Integer.parseInt(asked[2]);
                double seconds = Double.parseDouble(asked[3]);
                out.println(median(searcher, asked[4], from(asked, 5), count, repetitions, seconds));
            }
        }
    }

    private static void warmUp(IndexSearcher searcher, String shape, String[] words)
            throws IOException {
        long started = System.nanoTime();
        for (int pass = 0; pass < WARM_UP; pass++) {
            searcher.search(query(shape, words), HITS);
            if (System.nanoTime() - started > LONGEST_WARM_UP) {
                return;
            }
        }
    }

    /** The median of some repetitions, of fewer where they take longer than the seconds. */
    private static double median(
            IndexSearcher searcher, String shape, String[] words, int count, int most, double seconds)
            throws IOException {
        double[] taken = new double[most];
        int done = 0;
        for (double sum = 0; done < most && (done == 0 || sum < seconds); done++) {
            long started = System.nanoTime();
            searcher.search(query(shape, words), count);
            taken[done] = (System.nanoTime() - started) / 1e9;
            sum += taken[done];
        }
        Arrays.sort(taken, 0, done);
        return (taken[(done - 1) / 2] + taken[done / 2]) / 2 * 1000;
    }

    private static String hits(IndexSearcher searcher, Query query, int count) throws IOException {
        StringBuilder found = new StringBuilder();
        for (ScoreDoc hit : searcher.search(query, count).scoreDocs) {
            found.append(hit.doc).append(' ').append(hit.score).append(' ');
        }
        return found.toString().trim();
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
        for (int place = 0; place < words.length; place++) {
            clauses.add(new TermQuery(new Term(FIELD, words[place])), role(shape, place));
        }
        return clauses.build();
    }

    private static Occur role(String shape, int place) {
        if (shape.equals("any")) {
            return Occur.SHOULD;
        }
        return shape.equals("not") && place > 0 ? Occur.MUST_NOT : Occur.MUST;
    }

    private static String[] from(String[] words, int place) {
        return Arrays.copyOfRange(words, place, words.length);
    }
}
