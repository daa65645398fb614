/* The best documents of a query of words, found without scoring all that match: of every stretch of documents the most
 * that each word can add there is known, and stretches that cannot reach what has been found are never looked at (block
 * maxima: Ding and Suel, Faster Top-k Document Retrieval Using Block-Max Indexes, SIGIR 2011; stretches of the same
 * documents for all words: Dimopoulos, Nepomnyachiy and Suel, WSDM 2013). `top.py` calls this; rules as in `search.c`. */

#include "kernels.h"

/* Documents of a stretch, as many as a word has bits and as `top.py` knows, and how many words a query may have. */
#define SHIFT 6
#define STRETCH (1 << SHIFT)
#define MOST_WORDS 32
/* Bounds are floats and sums of them, each off by less than this. */
#define SLACK 1.00001

/* ---- A word, its fields as one ---------------------------------------------------------------------------------- */

/* Postings of a word in a field of a segment, whose documents count from `base` and end before `end`. */
struct held {
    const uint32_t *held;
    const uint16_t *codes;
    int64_t count, base, end, weight, at;
};

static int64_t doc_at(const struct held *run)
{
    return run->at < run->count ? run->base + run->held[run->at] : INT64_MAX;
}

/* Puts the postings of all fields and segments together: each document once, ascending, with its frequencies times
 * `weight` added up; where those of each stretch start (`starts` has room for all stretches and the end), and the most
 * that f / (f + norm) comes to in each. Runs of a segment follow each other. Returns how many documents there are. */
API int64_t merge_word(struct held *runs, int64_t run_count, const double *norms, int64_t size, uint32_t *docs,
                       uint16_t *often, int64_t room, uint32_t *starts, float *most)
{
    const int64_t stretches = (size + STRETCH - 1) >> SHIFT;
    int64_t found = 0, stretch = 0, last = -1;
    memset(most, 0, (size_t)stretches * sizeof *most);
    starts[0] = 0;
    for (int64_t first = 0, next; first < run_count; first = next) {
        for (next = first + 1; next < run_count && runs[next].base == runs[first].base; next++)
            ;
        if (runs[first].base <= last || runs[first].end > size)
            return -1;
        for (;;) {
            int64_t doc = INT64_MAX, sum = 0;
            for (int64_t r = first; r < next; r++) {
                int64_t mine = doc_at(&runs[r]);
                doc = mine < doc ? mine : doc;
            }
            if (doc == INT64_MAX)
                break;
            if (doc <= last || doc >= runs[first].end || found == room)
                return -1;
            for (int64_t r = first; r < next; r++)
                if (doc_at(&runs[r]) == doc)
                    sum += runs[r].weight * (runs[r].codes[runs[r].at++] >> 8);
            last = doc;
            for (; stretch < doc >> SHIFT; stretch++)
                starts[stretch + 1] = (uint32_t)found;
            docs[found] = (uint32_t)doc;
            often[found++] = (uint16_t)sum;
            float share = (float)((double)sum / ((double)sum + norms[doc]));
            if (share > most[stretch])
                most[stretch] = share;
        }
        last = runs[first].end - 1;
    }
    for (; stretch < stretches; stretch++)
        starts[stretch + 1] = (uint32_t)found;
    return found;
}

/* ---- The best so far -------------------------------------------------------------------------------------------- */

struct hit {
    double score;
    int64_t second, doc;
};

/* Whether one comes after another: by its score, then by its time. 0 where both are alike. */
static int order(const struct hit *one, const struct hit *other)
{
    if (one->score != other->score)
        return one->score < other->score ? 1 : -1;
    return one->second < other->second ? 1 : one->second > other->second ? -1 : 0;
}

/* The `wanted` best as a heap with the last of them first; behind them, up to `room` in all, what ties with it. */
struct best {
    struct hit *hits;
    int64_t wanted, room, count, ties;
};

static void sink(struct hit *heap, int64_t count, int64_t at)
{
    struct hit moved = heap[at];
    for (int64_t child; (child = 2 * at + 1) < count; at = child) {
        child += child + 1 < count && order(&heap[child + 1], &heap[child]) > 0;
        if (order(&heap[child], &moved) <= 0)
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

/* Takes a hit among the best if it is; -1 where too many tie. */
static int offer(struct best *best, struct hit hit)
{
    if (best->count < best->wanted) {
        best->hits[best->count++] = hit;
        if (best->count == best->wanted)
            for (int64_t at = best->count / 2; at-- > 0;)
                sink(best->hits, best->count, at);
        return 0;
    }
    int place = order(&hit, &best->hits[0]);
    if (place > 0)
        return 0;
    struct hit out = hit;
    if (place < 0) {
        out = best->hits[0];
        best->hits[0] = hit;
        sink(best->hits, best->wanted, 0);
        if (order(&out, &best->hits[0]) != 0) {
            best->ties = 0;
            return 0;
        }
    }
    if (best->wanted + best->ties == best->room)
        return -1;
    best->hits[best->wanted + best->ties++] = out;
    return 0;
}

/* ---- The search ------------------------------------------------------------------------------------------------- */

/* A word of a query as `merge_word` has it. Words of a group follow each other, `last` ends one. A document has some
 * word of each group; `each` says that it has this word whatever else its group has. */
struct word {
    const uint32_t *docs;
    const uint16_t *often;
    const uint32_t *starts;
    const float *most;
    double factor;
    int64_t each, last;
};

/* What all queries of a snapshot share. `live` and `days` may be missing. */
struct ground {
    const double *norms;
    const int64_t *seconds;
    const uint8_t *live;
    const int32_t *days;
    int64_t size;
};

/* What a query asks of documents beside words. */
struct query {
    const struct ground *ground;
    const struct word *words;
    int64_t word_count, first_day, last_day;
};

/* The most that documents of each stretch can have; not above 0 where none has all that is required. */
static void bound(const struct query *query, int64_t stretches, float *bounds, float *group)
{
    memset(bounds, 0, (size_t)stretches * sizeof *bounds);
    for (int64_t w = 0; w < query->word_count; w++) {
        const struct word *word = &query->words[w];
        const float factor = (float)word->factor, none = -1e30f;
        if (word->each) {
            for (int64_t s = 0; s < stretches; s++)
                bounds[s] += word->most[s] > 0 ? factor * word->most[s] : none;
            continue;
        }
        memset(group, 0, (size_t)stretches * sizeof *group);
        for (;; w++) {
            const float times = (float)query->words[w].factor, *most = query->words[w].most;
            for (int64_t s = 0; s < stretches; s++)
                group[s] += times * most[s];
            if (query->words[w].last)
                break;
        }
        for (int64_t s = 0; s < stretches; s++)
            bounds[s] += group[s] > 0 ? group[s] : none;
    }
}

/* Bounds that are compared together, which a compiler does in few steps. */
#define TOGETHER 16

/* The first stretch from `at` on whose bound is above `limit`. */
static int64_t next_above(const float *bounds, int64_t at, int64_t stretches, float limit)
{
    while (at < stretches) {
        if (at % TOGETHER == 0 && at + TOGETHER <= stretches) {
            int any = 0;
            for (int i = 0; i < TOGETHER; i++)
                any |= bounds[at + i] > limit;
            if (!any) {
                at += TOGETHER;
                continue;
            }
        }
        if (bounds[at] > limit)
            break;
        at++;
    }
    return at;
}

/* The stretches of the highest bounds, `wanted` of them or all that can have any: a heap with the lowest first. */
static int64_t highest(const float *bounds, int64_t stretches, uint32_t *heap, int64_t wanted)
{
    int64_t count = 0;
    float limit = 0;
    for (int64_t s = 0; (s = next_above(bounds, s, stretches, limit)) < stretches; s++) {
        int64_t at = 0;
        if (count < wanted) {
            for (at = count++; at > 0 && bounds[heap[(at - 1) / 2]] > bounds[s]; at = (at - 1) / 2)
                heap[at] = heap[(at - 1) / 2];
        } else {
            for (int64_t child; (child = 2 * at + 1) < count; at = child) {
                child += child + 1 < count && bounds[heap[child + 1]] < bounds[heap[child]];
                if (bounds[heap[child]] >= bounds[s])
                    break;
                heap[at] = heap[child];
            }
        }
        heap[at] = (uint32_t)s;
        limit = count < wanted ? 0 : bounds[heap[0]];
    }
    return count;
}

/* What has no bound above this is not among the best. */
static float limit_of(const struct best *best)
{
    return best->count == best->wanted ? (float)(best->hits[0].score / SLACK) : 0;
}

static int allowed(const struct query *query, int64_t doc)
{
    const struct ground *ground = query->ground;
    if (ground->live && !ground->live[doc])
        return 0;
    return !ground->days || (ground->days[doc] >= query->first_day && ground->days[doc] <= query->last_day);
}

static int consider(const struct query *query, struct best *best, int64_t doc, double score)
{
    if (best->count == best->wanted && score < best->hits[0].score)
        return 0;
    if (!allowed(query, doc))
        return 0;
    struct hit hit = {score, query->ground->seconds[doc], doc};
    return offer(best, hit);
}

static double part_of(const struct query *query, const struct word *word, uint16_t often, int64_t doc)
{
    double frequency = often;
    return word->factor * frequency / (frequency + query->ground->norms[doc]);
}

static int look_at_one(const struct query *query, struct best *best, int64_t stretch)
{
    const struct word *word = query->words;
    for (uint32_t at = word->starts[stretch]; at < word->starts[stretch + 1]; at++)
        if (consider(query, best, word->docs[at], part_of(query, word, word->often[at], word->docs[at])) < 0)
            return -1;
    return 0;
}

static int look_at(const struct query *query, struct best *best, int64_t stretch)
{
    uint64_t held[MOST_WORDS], wanted = ~(uint64_t)0, group = 0;
    uint16_t often[MOST_WORDS][STRETCH];
    const float limit = limit_of(best);
    float most[MOST_WORDS];
    for (int64_t w = 0; w < query->word_count; w++) {
        const struct word *word = &query->words[w];
        held[w] = 0;
        most[w] = (float)word->factor * word->most[stretch];
        for (uint32_t at = word->starts[stretch]; at < word->starts[stretch + 1]; at++) {
            int place = word->docs[at] & (STRETCH - 1);
            held[w] |= (uint64_t)1 << place;
            often[w][place] = word->often[at];
        }
        group |= held[w];
        wanted &= word->each ? held[w] : word->last ? group : ~(uint64_t)0;
        group = word->last ? 0 : group;
    }
    for (; wanted; wanted &= wanted - 1) {
        const int place = LOWEST_BIT(wanted);
        const int64_t doc = (stretch << SHIFT) + place;
        float reach = 0;
        for (int64_t w = 0; w < query->word_count; w++)
            reach += held[w] >> place & 1 ? most[w] : 0;
        if (reach <= limit)
            continue;
        double sum = 0, within = 0;
        for (int64_t w = 0; w < query->word_count; w++) {
            if (held[w] >> place & 1)
                within += part_of(query, &query->words[w], often[w][place], doc);
            if (query->words[w].last) {
                sum += within;
                within = 0;
            }
        }
        if (consider(query, best, doc, sum) < 0)
            return -1;
    }
    return 0;
}

static int look(const struct query *query, struct best *best, int64_t stretch)
{
    return (query->word_count == 1 ? look_at_one : look_at)(query, best, stretch);
}

static void sort_hits(struct hit *hits, int64_t count)
{
    for (int64_t at = count / 2; at-- > 0;)
        sink(hits, count, at);
    for (int64_t left = count; left-- > 1;) {
        struct hit last = hits[0];
        hits[0] = hits[left];
        hits[left] = last;
        sink(hits, left, 0);
    }
}

/* Stretches that are looked at first, beside one for each hit: after them few others can have any of the best. */
#define BEFORE 32

/* The best `wanted` documents, best first, and all that tie with the last of them; returns how many, -2 where they are
 * more than `room`. `bounds` has room for all stretches twice, `heap` once. */
API int64_t find_top(const struct query *query, int64_t wanted, int64_t room, struct hit *hits, float *bounds,
                     uint32_t *heap)
{
    const int64_t stretches = (query->ground->size + STRETCH - 1) >> SHIFT;
    struct best best = {hits, wanted, room, 0, 0};
    if (query->word_count < 1 || query->word_count > MOST_WORDS || wanted < 1 || room < wanted)
        return -1;
    bound(query, stretches, bounds, bounds + stretches);
    const int64_t before = wanted + BEFORE < stretches ? wanted + BEFORE : stretches;
    const int64_t first = highest(bounds, stretches, heap, before);
    for (int64_t s = 0; s < first; s++) {
        if (bounds[heap[s]] > limit_of(&best) && look(query, &best, heap[s]) < 0)
            return -2;
        bounds[heap[s]] = 0;
    }
    for (int64_t s = 0; (s = next_above(bounds, s, stretches, limit_of(&best))) < stretches; s++)
        if (look(query, &best, s) < 0)
            return -2;
    const int64_t count = best.count < wanted ? best.count : wanted + best.ties;
    sort_hits(hits, count);
    return count;
}
