import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Words as the other engines cut and stem them: letters and digits, lower case, Snowball's stemmer for English.
 *
 * <p>Lucene's filter for Porter's stemmer is the quicker one to build with, but it stems pieces of words otherwise
 * ("thes" to "the"), and resampled articles have such pieces. Here each word is stemmed once and then looked up.
 */
final class Words extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
        return new TokenStreamComponents(words, new Stems(new LowerCaseFilter(words)));
    }

    /** The stem of one word that is in lower case already. */
    static String stem(String word) {
        EnglishStemmer stemmer = new EnglishStemmer();
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }

    private static final class Stems extends TokenFilter {
        private static final int MOST = 200_000; // words that are remembered
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final CharArrayMap<char[]> known = new CharArrayMap<>(1 << 12, false);

        Stems(TokenStream words) {
            super(words);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) {
                return false;
            }
            char[] stem = known.get(term.buffer(), 0, term.length());
            if (stem == null) {
                stem = remembered(term.toString());
            }
            term.copyBuffer(stem, 0, stem.length);
            return true;
        }

        private char[] remembered(String word) {
            if (known.size() == MOST) {
                known.clear();
            }
            char[] stem = stem(word).toCharArray();
            known.put(word, stem);
            return stem;
        }
    }
}
