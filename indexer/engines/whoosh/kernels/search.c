/* The kernels of a search whose loops numpy cannot fuse. `native.py` calls them, after it has looked at the types and
 * lengths of the arrays; the modules beside it say in numpy what each returns, and the tests hold the two together.
 *
 * "docs" are ascending int64 document numbers, "held" the ascending uint32 numbers of the documents that hold a term.
 * The files they come from are checksummed, yet nothing here trusts a number that was read: whatever would reach
 * outside an array makes the function return -1. C99 but for two hints to GCC and Clang. Nothing is kept or allocated. */

#include "kernels.h"

/* What `sources.checksum` gave when this was compiled: a library that is not of the sources beside it is not used. */
API int64_t broadsheet_source(void)
{
    return SOURCE_CRC;
}

/* ---- Sets of documents ------------------------------------------------------------------------------------------ */

/* Sets the bit of each document in a map of `size` bits. */
API int64_t set_bits(const int64_t *docs, int64_t count, uint64_t *map, int64_t size)
{
    for (int64_t i = 0; i < count; i++) {
        if (docs[i] < 0 || docs[i] >= size)
            return -1;
        map[docs[i] >> 6] |= (uint64_t)1 << (docs[i] & 63);
    }
    return 0;
}

/* The same for the documents of a term, which count from `base`. */
static int64_t set_held_bits(const uint32_t *held, int64_t count, int64_t base, uint64_t *map, int64_t size)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t doc = held[i] + base;
        if (doc >= size)
            return -1;
        map[doc >> 6] |= (uint64_t)1 << (doc & 63);
    }
    return 0;
}

/* The documents whose bits are set, ascending; returns how many, at most `room`. */
API int64_t list_bits(const uint64_t *map, int64_t size, int64_t *docs, int64_t room)
{
    int64_t found = 0;
    for (int64_t at = 0; at < (size + 63) / 64; at++)
        for (uint64_t word = map[at]; word; word &= word - 1) {
            if (found == room)
                return -1;
            docs[found++] = at * 64 + LOWEST_BIT(word);
        }
    return found;
}

/* Whether the bit of each document is set. */
API int64_t test_bits(const int64_t *docs, int64_t count, const uint64_t *map, int64_t size, uint8_t *kept)
{
    for (int64_t i = 0; i < count; i++) {
        if (docs[i] < 0 || docs[i] >= size)
            return -1;
        kept[i] = map[docs[i] >> 6] >> (docs[i] & 63) & 1;
    }
    return 0;
}

/* The documents whose bit is not set; returns how many. `left` has room for `count`. */
API int64_t list_others(const int64_t *docs, int64_t count, const uint64_t *map, int64_t size, int64_t *left)
{
    int64_t found = 0;
    for (int64_t i = 0; i < count; i++) {
        if (docs[i] < 0 || docs[i] >= size)
            return -1;
        left[found] = docs[i];
        found += !(map[docs[i] >> 6] >> (docs[i] & 63) & 1);
    }
    return found;
}

/* ---- Postings --------------------------------------------------------------------------------------------------- */

/* The first place from `at` on whose document is at least `doc`: steps that double, then a bisection. */
static int64_t reach(const uint32_t *held, int64_t at, int64_t count, int64_t doc)
{
    int64_t step = 1, low = at;
    while (low + step < count && (int64_t)held[low + step] < doc) {
        low += step;
        step *= 2;
    }
    int64_t high = low + step < count ? low + step : count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if ((int64_t)held[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Documents whose codes are spread out in an array at a time, and how many more of one side than of the other make
 * looking each up cheaper than that. */
#define BLOCK 16384
#define LOPSIDED 16

/* Runs DO(i, code) for each document `docs[i] - base`, with the code of its posting, 0 where it has none. */
#define FOR_EACH_CODE(DO)                                                                                              \
    if (count * LOPSIDED < held_count) {                                                                               \
        for (int64_t i = 0, j = 0; i < count; i++) {                                                                   \
            j = reach(held, j, held_count, docs[i] - base);                                                       \
            DO(i, j < held_count && (int64_t)held[j] == docs[i] - base ? codes[j] : 0);                                \
        }                                                                                                              \
    } else {                                                                                                           \
        uint16_t spread[BLOCK];                                                                                        \
        memset(spread, 0, sizeof spread);                                                                              \
        for (int64_t i = 0, j = 0; i < count;) {                                                                       \
            int64_t first = docs[i] - base, start;                                                                     \
            j = start = reach(held, j, held_count, first);                                                        \
            for (; j < held_count && (int64_t)held[j] < first + BLOCK; j++) {                                          \
                if ((int64_t)held[j] < first)                                                                          \
                    return -1;                                                                                         \
                spread[(int64_t)held[j] - first] = codes[j];                                                           \
            }                                                                                                          \
            for (; i < count && docs[i] - base < first + BLOCK; i++) {                                                 \
                if (docs[i] - base < first)                                                                            \
                    return -1;                                                                                         \
                DO(i, spread[docs[i] - base - first]);                                                                 \
            }                                                                                                          \
            for (; start < j; start++)                                                                                 \
                spread[(int64_t)held[start] - first] = 0;                                                              \
        }                                                                                                              \
    }

/* The code of a term in each document, 0 where it is not. */
API int64_t find_codes(const uint32_t *held, const uint16_t *codes, int64_t held_count, const int64_t *docs,
                       int64_t count, int64_t base, uint16_t *found)
{
#define STORE(i, code) found[i] = (code)
    FOR_EACH_CODE(STORE)
    return 0;
}

/* Adds `weight` times the frequency of a term in each document, which is the high byte of its code. */
static int64_t add_frequencies(const uint32_t *held, const uint16_t *codes, int64_t held_count, const int64_t *docs,
                               int64_t count, int64_t base, int64_t weight, uint16_t *found)
{
    const uint16_t times = (uint16_t)weight;
#define ADD(i, code) found[i] += (uint16_t)(times * ((code) >> 8))
    FOR_EACH_CODE(ADD)
    return 0;
}

/* How many documents of one term do not have the other. */
API int64_t count_others(const uint32_t *some, int64_t some_count, const uint32_t *held, int64_t held_count)
{
    int64_t found = 0;
    for (int64_t i = 0, j = 0; i < some_count; i++) {
        j = reach(held, j, held_count, some[i]);
        found += j == held_count || held[j] != some[i];
    }
    return found;
}

/* ---- Phrases ---------------------------------------------------------------------------------------------------- */

/* Postings of a word of a phrase in one segment; a word that stands for several terms has several of these in a row, of
 * which only the last says so. `positions` of posting j are the `counts[j]` that follow those of the postings before it,
 * ascending, of `width` bytes each. The word stands `shift` places behind the first of the phrase. */
struct run {
    const uint32_t *held;
    const uint32_t *counts;
    const void *positions;
    int64_t held_count, positions_count, width, shift, last;
    /* Where the reader is, all zero to begin with: in `held`; in `positions`, and where those of the document end. */
    int64_t at, place, cursor, end;
};

static int64_t start_at(const struct run *run)
{
    int64_t position = run->width == 2 ? ((const uint16_t *)run->positions)[run->cursor]
                                       : (int64_t)((const uint32_t *)run->positions)[run->cursor];
    return position - run->shift;
}

/* Postings looked at one by one before the next document is searched for. */
#define NEARBY 8

/* Moves a run on to a document: 1 if it has it, 0 if not, -1 if there are too few positions. */
static int move_on(struct run *run, int64_t doc)
{
    int64_t at = run->at, place = run->place;
    for (int steps = 0; steps < NEARBY && at < run->held_count && (int64_t)run->held[at] < doc; steps++)
        place += run->counts[at++];
    if (at < run->held_count && (int64_t)run->held[at] < doc)
        for (int64_t next = reach(run->held, at, run->held_count, doc); at < next; at++)
            place += run->counts[at];
    run->at = at;
    run->place = run->cursor = run->end = place;
    if (at == run->held_count || (int64_t)run->held[at] != doc)
        return 0;
    run->end += run->counts[at];
    return run->end <= run->positions_count ? 1 : -1;
}

/* Whether all words stand side by side in the document on which the runs are. */
static int adjacent(struct run *runs, int64_t count, int64_t words)
{
    int64_t wanted = 0, agreed = 0; /* where the phrase would begin, and how many words in a row say so */
    for (int64_t r = 0; agreed < words; r = r < count ? r : 0) {
        int64_t start = INT64_MAX, more = 1;
        for (; more; r++) {
            struct run *run = &runs[r];
            while (run->cursor < run->end && start_at(run) < wanted)
                run->cursor++;
            if (run->cursor < run->end && start_at(run) < start)
                start = start_at(run);
            more = !run->last;
        }
        if (start == INT64_MAX)
            return 0;
        agreed = start > wanted ? 1 : agreed + 1;
        wanted = start;
    }
    return 1;
}

/* Which documents have the words side by side. */
API int64_t find_phrase(struct run *runs, int64_t count, const int64_t *docs, int64_t doc_count, int64_t base,
                        uint8_t *kept)
{
    int64_t words = 0;
    for (int64_t r = 0; r < count; r++)
        words += runs[r].last != 0;
    if (!count || !runs[count - 1].last)
        return -1;
    for (int64_t i = 0; i < doc_count; i++) {
        int all = 1, any = 0;
        for (int64_t r = 0; r < count && all; r++) {
            int held = move_on(&runs[r], docs[i] - base);
            if (held < 0)
                return -1;
            any |= held;
            if (runs[r].last) {
                all = any;
                any = 0;
            }
        }
        kept[i] = all && adjacent(runs, count, words);
    }
    return 0;
}

/* ---- Words ------------------------------------------------------------------------------------------------------ */

/* Postings of a term in one field of one segment, whose `span` documents count from `base`; each time the term stands
 * there counts `weight` times. */
struct postings {
    const uint32_t *held;
    const uint16_t *codes;
    int64_t count, base, span, weight;
};

/* A word: its postings in all fields and segments, and what its saturated frequency is multiplied by. */
struct word {
    const struct postings *runs;
    int64_t count;
    double factor;
};

/* The first place whose document is at least `doc`. */
static int64_t place_of(const int64_t *docs, int64_t count, int64_t doc)
{
    int64_t low = 0;
    while (low < count) {
        int64_t middle = low + (count - low) / 2;
        if (docs[middle] < doc)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

/* Sets the bits of all documents that have a word. */
static int64_t set_word(const struct postings *runs, int64_t count, uint64_t *map, int64_t size)
{
    for (int64_t r = 0; r < count; r++)
        if (set_held_bits(runs[r].held, runs[r].count, runs[r].base, map, size) < 0)
            return -1;
    return 0;
}

/* The documents that have some word of each group, ascending; group g has the words up to `ends[g]`. Returns how many.
 * `maps` is twice as many bits as there are documents, all 0. */
API int64_t find_words(const struct word *words, const int64_t *ends, int64_t groups, uint64_t *maps, int64_t size,
                       int64_t *docs, int64_t room)
{
    int64_t length = (size + 63) / 64, w = 0;
    for (int64_t g = 0; g < groups; g++) {
        uint64_t *map = g ? maps + length : maps;
        if (g > 1)
            memset(map, 0, (size_t)length * sizeof *map);
        for (; w < ends[g]; w++)
            if (set_word(words[w].runs, words[w].count, map, size) < 0)
                return -1;
        for (int64_t i = 0; g && i < length; i++)
            maps[i] &= map[i];
    }
    return list_bits(maps, size, docs, room);
}

/* Adds to `found` how often a word is in each document, each time as often as its field weighs; or, with `plain`, as
 * often as it is there. */
API int64_t add_word(const struct word *word, const int64_t *docs, int64_t count, int64_t plain, uint16_t *found)
{
    for (int64_t r = 0; r < word->count; r++) {
        const struct postings *run = &word->runs[r];
        int64_t low = place_of(docs, count, run->base), high = place_of(docs, count, run->base + run->span);
        if (add_frequencies(run->held, run->codes, run->count, docs + low, high - low, run->base,
                            plain ? 1 : run->weight, found + low) < 0)
            return -1;
    }
    return 0;
}

/* The sum of the scores of words in each document, added up in their order. `found` is room for as many frequencies. */
API int64_t score_words(const struct word *words, int64_t word_count, const int64_t *docs, int64_t count,
                        const double *norms, int64_t size, uint16_t *found, double *scores)
{
    for (int64_t i = 0; i < count; i++)
        if (docs[i] < 0 || docs[i] >= size)
            return -1;
    for (int64_t w = 0; w < word_count; w++) {
        memset(found, 0, (size_t)count * sizeof *found);
        if (add_word(&words[w], docs, count, 0, found) < 0)
            return -1;
        double factor = words[w].factor;
        for (int64_t i = 0; i < count; i++) {
            double frequency = found[i], score = factor * frequency / (frequency + norms[docs[i]]);
            scores[i] = w ? scores[i] + score : score;
        }
    }
    return 0;
}

/* ---- Order ------------------------------------------------------------------------------------------------------ */

/* Whether document `a` comes before `b`: a higher score, a later second, a smaller id. `*tied` is set where only ids of
 * different segments, which are not compared here, could tell. */
struct keys {
    const int64_t *docs, *seconds;
    const uint32_t *ranks;
    const double *scores;
    const int64_t *bases;
    int64_t segments, tied;
};

static int64_t segment_of(const struct keys *keys, int64_t doc)
{
    int64_t segment = 0;
    while (segment + 1 < keys->segments && keys->bases[segment + 1] <= doc)
        segment++;
    return segment;
}

static int before(struct keys *keys, int64_t a, int64_t b)
{
    if (keys->scores[a] != keys->scores[b])
        return keys->scores[a] > keys->scores[b];
    int64_t one = keys->docs[a], other = keys->docs[b];
    if (keys->seconds[one] != keys->seconds[other])
        return keys->seconds[one] > keys->seconds[other];
    if (segment_of(keys, one) != segment_of(keys, other))
        keys->tied = 1;
    return keys->ranks[one] < keys->ranks[other];
}

/* The places of the first documents in order, at most `most`; returns how many, or -2 where ids of different segments
 * would have to be compared. A heap whose root is the last of those kept. */
API int64_t find_first(const int64_t *docs, int64_t count, const double *scores, const int64_t *seconds,
                       const uint32_t *ranks, int64_t size, const int64_t *bases, int64_t segments, int64_t *places,
                       int64_t most)
{
    struct keys keys = {docs, seconds, ranks, scores, bases, segments, 0};
    int64_t kept = 0;
    for (int64_t i = 0; i < count; i++) {
        if (docs[i] < 0 || docs[i] >= size)
            return -1;
        if (kept == most && scores[i] < scores[places[0]])
            continue;
        if (kept < most) {
            int64_t at = kept++;
            for (; at && before(&keys, places[(at - 1) / 2], i); at = (at - 1) / 2)
                places[at] = places[(at - 1) / 2];
            places[at] = i;
        } else if (before(&keys, i, places[0])) {
            int64_t at = 0;
            for (;;) {
                int64_t child = 2 * at + 1;
                if (child >= most)
                    break;
                if (child + 1 < most && before(&keys, places[child], places[child + 1]))
                    child++;
                if (before(&keys, places[child], i))
                    break;
                places[at] = places[child];
                at = child;
            }
            places[at] = i;
        }
    }
    for (int64_t i = 1; i < kept; i++) { /* the heap in order: few */
        int64_t place = places[i], j = i;
        for (; j && before(&keys, place, places[j - 1]); j--)
            places[j] = places[j - 1];
        places[j] = place;
    }
    return keys.tied ? -2 : kept;
}
