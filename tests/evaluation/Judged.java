import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Ranks a judged collection by Lucene with the analyzer of its language; started by lucene.py.
 *
 * <pre>
 * ar|en K1 B    reads lines  D TAB id TAB text  (documents), then  Q TAB id TAB text  (queries);
 *               prints the first hundred hits of each query as  query TAB document TAB score
 * </pre>
 */
public final class Judged {
    private static final String TEXT = "text";
    private static final String ID = "id";
    private static final int HITS = 100;

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        boolean arabic = arguments[0].equals("ar");
        Analyzer analyzer = arabic ? new ArabicAnalyzer() : new EnglishAnalyzer();
        BM25Similarity model =
                new BM25Similarity(Float.parseFloat(arguments[1]), Float.parseFloat(arguments[2]));
        List<String[]> queries = new ArrayList<>();
        try (Directory directory = new ByteBuffersDirectory()) {
            index(directory, new IndexWriterConfig(analyzer).setSimilarity(model), queries);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(model);
                for (String[] line : queries) {
                    answer(searcher, new QueryBuilder(analyzer), line, out);
                }
            }
        }
        out.flush();
    }

    private static void index(Directory directory, IndexWriterConfig config, List<String[]> queries)
            throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", 3);
                if (parts[0].equals("Q")) {
                    queries.add(parts);
                    continue;
                }
                Document document = new Document();
                document.add(new StringField(ID, parts[1], Field.Store.YES));
                document.add(new TextField(TEXT, parts[2], Field.Store.NO));
                writer.addDocument(document);
            }
        }
    }

    private static void answer(
            IndexSearcher searcher, QueryBuilder builder, String[] line, PrintStream out)
            throws IOException {
        Query query = builder.createBooleanQuery(TEXT, line[2]);
        if (query == null) {
            return; // only stop words
        }
        for (ScoreDoc hit : searcher.search(query, HITS).scoreDocs) {
            String id = searcher.storedFields().document(hit.doc).get(ID);
            out.println(line[1] + "\t" + id + "\t" + hit.score);
        }
    }
}
