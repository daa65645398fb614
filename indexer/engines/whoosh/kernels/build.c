/* The inner loops of a build: text -> numbers of its pieces, and tokens in document order -> postings in term order.
 * `building.py` calls them; `pieces.py` and `invert.py` of `codec/inversion` do the same in numpy. Rules as in `search.c`. */

#include "kernels.h"

#define WORD 8

/* The first 8 bytes of a piece, or what it has of them, as a little-endian number; `room` bytes can be read. */
static uint64_t word_at(const uint8_t *piece, int64_t length, int64_t room)
{
    uint64_t word = 0;
    if (room < WORD) {
        memcpy(&word, piece, (size_t)length);
        return word;
    }
    memcpy(&word, piece, WORD);
    return length < WORD ? word & (((uint64_t)1 << 8 * length) - 1) : word;
}

/* Multiplied and mixed 8 bytes at a time; the last of the factors mixes. What differs at the end of a word differs in the
 * high bits of its product alone, so these are folded down before the next word is added. */
static uint64_t hash_of(const uint8_t *piece, int64_t length, int64_t room, const uint64_t *factors, int64_t last)
{
    uint64_t hash = word_at(piece, length, room) * factors[0];
    for (int64_t done = WORD; done < length; done += WORD) {
        uint64_t word = word_at(piece + done, length - done, room - done);
        hash = (hash ^ hash >> 32 ^ word * factors[done / WORD % last]) * factors[last];
    }
    return hash;
}

/* A piece that the table has not: its place among the pieces of the text, its length and its hash. */
struct unknown {
    uint64_t hash;
    int64_t place, length;
};

/* Cuts a text at its spaces and looks each piece up in a table of 2 to the power of `bits` places; a dot behind a piece
 * does not count. `starts` and `numbers` get where each piece starts and its number, and `unknown` those that are not in
 * the table; all have room for half the text, rounded up. Returns how many pieces there are. */
API int64_t find_pieces(const uint8_t *text, int64_t size, const uint64_t *factors, int64_t factor_count,
                        const uint64_t *keys, const uint32_t *values, int64_t bits, int64_t *starts, uint32_t *numbers,
                        struct unknown *unknown, int64_t *unknown_count)
{
    const int64_t last = factor_count - 1;
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    int64_t count = 0, missing = 0;
    for (int64_t at = 0; at < size; at++) {
        if (text[at] == ' ')
            continue;
        int64_t start = at;
        while (at < size && text[at] != ' ')
            at++;
        int64_t length = at - start;
        if (length > 1 && text[at - 1] == '.')
            length--;
        uint64_t hash = hash_of(text + start, length, size - start, factors, last);
        uint64_t slot = (hash ^ hash >> 32) * factors[last] >> (64 - bits);
        while (keys[slot] && keys[slot] != hash)
            slot = (slot + 1) & mask;
        if (keys[slot] != hash)
            unknown[missing++] = (struct unknown){hash, count, length};
        starts[count] = start;
        numbers[count++] = values[slot];
    }
    *unknown_count = missing;
    return count;
}

/* What is known of a term while tokens are read: the document it was last in, counted from 1, and where its next
 * position and its next posting go. */
struct term {
    int64_t document, token, posting;
};

/* Adds to `postings` how many documents have each term. `ranks` gives the term of each form. */
API int64_t count_postings(const uint32_t *forms, int64_t tokens, const uint32_t *ranks, int64_t form_count,
                           const int64_t *lengths, int64_t documents, struct term *terms, int64_t term_count,
                           int64_t *postings)
{
    int64_t at = 0;
    for (int64_t document = 1; document <= documents; document++) {
        int64_t end = at + lengths[document - 1];
        if (end < at || end > tokens)
            return -1;
        for (; at < end; at++) {
            if (forms[at] >= form_count || ranks[forms[at]] >= term_count)
                return -1;
            struct term *term = &terms[ranks[forms[at]]];
            postings[term - terms] += term->document != document;
            term->document = document;
        }
    }
    return at == tokens ? 0 : -1;
}

/* Puts every token where it belongs: its position and variant among those of its term, its document and how often it has
 * the term among the term's postings. `terms` says where those of each term begin, no document seen; `steps` by how many
 * positions each form goes on from the one before it. `variant_of` may be missing. `width` is that of the positions in
 * bytes. What was counted before must be the same tokens. */
API int64_t place_tokens(const uint32_t *forms, const uint32_t *ranks, const uint8_t *steps, const int64_t *lengths,
                         int64_t documents, struct term *terms, const uint8_t *variant_of, void *positions,
                         int64_t width, uint8_t *variants, uint32_t *docs, uint32_t *frequencies)
{
    int64_t at = 0;
    for (int64_t document = 1; document <= documents; document++) {
        int64_t position = -1;
        for (int64_t end = at + lengths[document - 1]; at < end; at++) {
            position += steps[forms[at]];
            struct term *term = &terms[ranks[forms[at]]];
            int64_t place = term->token++;
            if (width == 2)
                ((uint16_t *)positions)[place] = (uint16_t)position;
            else
                ((uint32_t *)positions)[place] = (uint32_t)position;
            if (variant_of)
                variants[place] = variant_of[forms[at]];
            if (term->document != document) {
                term->document = document;
                docs[term->posting] = (uint32_t)(document - 1);
                frequencies[term->posting++] = 0;
            }
            frequencies[term->posting - 1]++;
        }
    }
    return 0;
}

/* What near-duplicates are recognised by. `indexer.near_duplicates.signatures` has the method, the names, and the same in
 * numpy. */
enum { BINS = 64, SHINGLE = 4, MIN_SHINGLES = 16, WORD_BITS = 512, TITLE_WORDS = 7, NUMBERS = 12 };
enum { COUNT = BINS, WORDS = COUNT + 1, TITLE = WORDS + WORD_BITS / 16, NUMBER = TITLE + TITLE_WORDS, WIDTH = NUMBER + NUMBERS };
#define ODD 0x9E3779B97F4A7C15u
#define EMPTY 0xFFFFu
#define IS_NUMBER 1u
#define IS_FUNCTION 2u

static uint64_t mixed(uint64_t value)
{
    value = (value ^ value >> 31) * 0xBF58476D1CE4E5B9u;
    return value ^ value >> 29;
}

static uint16_t short_of(uint64_t word)
{
    uint16_t found = (uint16_t)((word >> 48 & 0xFFFEu) | (word & IS_NUMBER));
    return found < EMPTY - 2 ? found : EMPTY - 2;
}

/* Puts a value among the smallest distinct ones in ascending order; `most` of them, `EMPTY` behind them. */
static void keep_smallest(uint16_t *kept, int64_t most, uint16_t value)
{
    int64_t at = 0;
    while (at < most && kept[at] < value)
        at++;
    if (at == most || kept[at] == value)
        return;
    memmove(kept + at + 1, kept + at, (size_t)(most - at - 1) * sizeof *kept);
    kept[at] = value;
}

/* 16 bits of the smallest shingle in each bin; an empty one takes the next full one to its right. */
static void densify(const uint64_t *smallest, uint16_t *row)
{
    for (int64_t bin = 0; bin < BINS; bin++) {
        uint64_t distance = 0;
        while (distance < BINS - 1 && smallest[(bin + distance) % BINS] == UINT64_MAX)
            distance++;
        uint64_t value = smallest[(bin + distance) % BINS];
        uint16_t folded = (uint16_t)(mixed(value == UINT64_MAX ? value : value + (distance << 58)) >> 40);
        row[bin] = folded < EMPTY - 1 ? folded : EMPTY - 1;
    }
}

/* The signatures of documents, given the forms of their titles and bodies and how many each has. `hashes` has that of each
 * form; `rows`, `WIDTH` for each document, are `EMPTY` and stay so where a body is too short. */
API int64_t find_signatures(const uint64_t *hashes, int64_t form_count, const uint32_t *titles, int64_t title_tokens,
                            const int64_t *title_lengths, const uint32_t *bodies, int64_t body_tokens,
                            const int64_t *body_lengths, int64_t documents, uint16_t *rows)
{
    int64_t title = 0, at = 0;
    for (int64_t document = 0; document < documents; document++, rows += WIDTH) {
        int64_t length = body_lengths[document], end = at + length, title_end = title + title_lengths[document];
        if (end < at || end > body_tokens || title_end < title || title_end > title_tokens)
            return -1;
        int enough = length >= MIN_SHINGLES + SHINGLE - 1;
        uint64_t smallest[BINS], last[SHINGLE - 1] = {0}; /* the hashes of the words before */
        memset(smallest, 0xFF, sizeof smallest);
        if (enough)
            memset(rows + WORDS, 0, WORD_BITS / 8);
        for (int64_t first = at; at < end; at++) {
            if (bodies[at] >= form_count)
                return -1;
            uint64_t word = hashes[bodies[at]];
            if (!enough)
                continue;
            if (at - first >= SHINGLE - 1) {
                uint64_t hash = mixed(((last[0] * ODD + last[1]) * ODD + last[2]) * ODD + word);
                uint64_t *bin = &smallest[hash >> 58];
                hash &= ((uint64_t)1 << 58) - 1;
                *bin = hash < *bin ? hash : *bin;
            }
            uint16_t bit = (short_of(word) >> 1) % WORD_BITS;
            rows[WORDS + bit / 16] |= (uint16_t)(1u << bit % 16);
            if (word & IS_NUMBER)
                keep_smallest(rows + NUMBER, NUMBERS, short_of(mixed(last[2] * ODD + word)));
            last[0] = last[1];
            last[1] = last[2];
            last[2] = word;
        }
        for (; title < title_end; title++) {
            if (titles[title] >= form_count)
                return -1;
            uint64_t word = hashes[titles[title]];
            if (enough && !(word & IS_FUNCTION))
                keep_smallest(rows + TITLE, TITLE_WORDS, short_of(word));
        }
        if (enough) {
            densify(smallest, rows);
            length -= SHINGLE - 1;
            rows[COUNT] = (uint16_t)(length < EMPTY ? length : EMPTY);
        }
    }
    return 0;
}
