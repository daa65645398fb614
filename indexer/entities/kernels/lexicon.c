/* What the lexicon has on word forms, and phrases looked up word by word. See `lexicon.py`. */

#include <string.h>

#include "tagger.h"

static const struct known NOTHING = {{NONE, NONE, NONE}, NONE, NONE, 0, 0, 0};

/* What kinds of values `tagger_learn` takes for each word. */
enum { LEARN_CLUSTERS, LEARN_CAPS, LEARN_FLAGS, LEARN_LONGEST, LEARN_LISTS, LEARN_PLACE_WORDS, LEARN_PHRASES };

static struct known *known_as(struct tagger *tagger, const letter *text, int64_t length)
{
    struct lexicon *lexicon = &tagger->lexicon;
    uint32_t hash = hash_of(text, length);
    int32_t number = find_string(&lexicon->words, text, length, hash);
    if (number == NONE) {
        NEED(tagger, lexicon->known, lexicon->known_room, lexicon->words.count + 1);
        number = add_string(tagger, &lexicon->words, text, length, hash);
        lexicon->known[number] = NOTHING;
        lexicon->known[number].caps = (int16_t)tagger->settings.unknown_caps;
    }
    return &lexicon->known[number];
}

static void learn_phrase(struct tagger *tagger, const letter *text, int64_t length, int32_t row)
{
    struct lexicon *lexicon = &tagger->lexicon;
    uint32_t hash = hash_of(text, length);
    NEED(tagger, lexicon->phrase_rows, lexicon->phrase_room, lexicon->phrases.count + 1);
    int32_t number = find_string(&lexicon->phrases, text, length, hash);
    if (number == NONE)
        number = add_string(tagger, &lexicon->phrases, text, length, hash);
    lexicon->phrase_rows[number] = row;
}

/* Adds what a table of the lexicon has: words, a line feed behind each, and the values of each (three clusters, or one
 * number). Returns how many words, -1 where there is no memory. */
API int64_t tagger_learn(struct tagger *tagger, int64_t what, const letter *text, int64_t size, const int32_t *values)
{
    if (setjmp(tagger->failed))
        return -1;
    int64_t count = 0;
    for (int64_t at = 0; at < size; at++) {
        const letter *word = text + at;
        while (text[at] != '\n')
            at++;
        int64_t length = text + at - word;
        if (what == LEARN_PHRASES) {
            learn_phrase(tagger, word, length, values[count++]);
            continue;
        }
        struct known *known = known_as(tagger, word, length);
        if (what == LEARN_CLUSTERS)
            memcpy(known->clusters, values + GRAINS * count, sizeof known->clusters);
        else if (what == LEARN_CAPS)
            known->caps = (int16_t)values[count];
        else if (what == LEARN_FLAGS)
            known->flags = values[count];
        else if (what == LEARN_LONGEST)
            known->longest = (int16_t)values[count];
        else if (what == LEARN_LISTS)
            known->lists |= (uint32_t)values[count];
        else
            known->place_word = values[count];
        count++;
    }
    return count;
}

const struct known *known_of(const struct tagger *tagger, int32_t form)
{
    int32_t number = tagger->forms.items[form].known;
    return number == NONE ? &NOTHING : &tagger->lexicon.known[number];
}

int caps_of(const struct tagger *tagger, int32_t form)
{
    int32_t number = tagger->forms.items[form].known;
    return number == NONE ? (int)tagger->settings.unknown_caps : tagger->lexicon.known[number].caps;
}

bool has_flag(const struct tagger *tagger, int32_t form, int64_t flag)
{
    int32_t row = known_of(tagger, form)->flags;
    if (row == NONE)
        return false;
    for (int32_t i = tagger->settings.flag_starts[row]; i < tagger->settings.flag_starts[row + 1]; i++)
        if (tagger->settings.flag_rows[i] == flag)
            return true;
    return false;
}

bool is_listed(const struct tagger *tagger, int32_t form, uint32_t list)
{
    return known_of(tagger, form)->lists & list;
}

/* Appends a word in lower case to `tagger->joined`; returns its new end. */
static int64_t join_low(struct tagger *tagger, int64_t end, int32_t form)
{
    int32_t low = low_of(tagger, form);
    int64_t length = length_of(tagger, low);
    NEED(tagger, tagger->joined, tagger->joined_room, end + length + 1);
    if (end)
        tagger->joined[end++] = ' ';
    memcpy(tagger->joined + end, letters_of(tagger, low), (size_t)length * sizeof(letter));
    return end + length;
}

/* The number of classes of the phrase that these words are, or NONE. */
int32_t class_row_of(struct tagger *tagger, const int32_t *forms, int64_t count)
{
    int64_t end = 0;
    for (int64_t i = 0; i < count; i++)
        end = join_low(tagger, end, forms[i]);
    int32_t number = find_string(&tagger->lexicon.phrases, tagger->joined, end, hash_of(tagger->joined, end));
    return number == NONE ? NONE : tagger->lexicon.phrase_rows[number];
}

/* How many words the longest phrase has that starts at a place of a sentence of `count` words, 0 if none does; `row` gets
 * its classes. */
int32_t phrase_at(struct tagger *tagger, const int32_t *forms, int64_t place, int64_t count, int32_t *row)
{
    int64_t reach = known_of(tagger, low_of(tagger, forms[place]))->longest;
    if (reach > count - place)
        reach = count - place;
    if (reach <= 0)
        return 0;
    uint64_t hash = 0;
    int64_t end = 0, hashed = 0;
    int32_t longest = 0;
    for (int64_t length = 1; length <= reach; length++) {
        end = join_low(tagger, end, forms[place + length - 1]);
        while (hashed < end)
            hash = hash_step(hash, tagger->joined[hashed++]);
        int32_t number = find_string(&tagger->lexicon.phrases, tagger->joined, end, hash_end(hash));
        if (number != NONE) {
            longest = (int32_t)length;
            *row = tagger->lexicon.phrase_rows[number];
        }
    }
    return longest;
}

/* The listed names of the document, longest first and not overlapping. */
void find_phrases(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    document->phrase_count = 0;
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t first = document->firsts[sentence], count = document->firsts[sentence + 1] - first;
        const int32_t *forms = document->forms + first;
        for (int64_t place = 0; place < count; place++) {
            if (!(marks_of(tagger, forms[place]) & FIRST_UPPER))
                continue;
            int32_t row = NONE, length = phrase_at(tagger, forms, place, count, &row);
            if (!length)
                continue;
            NEED(tagger, document->phrases, document->phrase_room, document->phrase_count + 1);
            document->phrases[document->phrase_count++] =
                (struct phrase){(int32_t)(first + place), (int32_t)(first + place + length), row};
            place += length - 1;
        }
    }
}
