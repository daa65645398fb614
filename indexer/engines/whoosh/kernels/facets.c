/* How many documents have each label of a column. `counting.py` says in numpy what each function returns, and the tests
 * hold the two together. See `search.c` for what is trusted and what is not. */

#include "kernels.h"

/* How many documents ahead memory is asked for: the numbers of one lie far from those of the one before, and often across
 * two lines of the cache, of so many bytes. */
#define AHEAD 32
#define LINE 64

/* Numbers so few are counted in four tables in turn: counting one number twice in a row would wait for the first. */
#define FEW 512

/* Adds to `counts` how many documents have each number of a column of one number a document. */
#define DEFINE_COUNT_SINGLE(NAME, TYPE)                                                                                \
    API int64_t NAME(const TYPE *numbers, int64_t size, const int64_t *docs, int64_t count, uint32_t *counts,          \
                     int64_t kinds)                                                                                    \
    {                                                                                                                  \
        uint32_t turns[4][FEW];                                                                                        \
        int64_t turning = kinds <= FEW;                                                                                \
        if (turning)                                                                                                   \
            memset(turns, 0, sizeof turns);                                                                            \
        for (int64_t i = 0; i < count; i++) {                                                                          \
            if (docs[i] < 0 || docs[i] >= size || numbers[docs[i]] >= kinds)                                           \
                return -1;                                                                                             \
            if (turning)                                                                                               \
                turns[i & 3][numbers[docs[i]]]++;                                                                      \
            else                                                                                                       \
                counts[numbers[docs[i]]]++;                                                                            \
        }                                                                                                              \
        for (int64_t n = 0; turning && n < kinds; n++)                                                                 \
            counts[n] += turns[0][n] + turns[1][n] + turns[2][n] + turns[3][n];                                        \
        return 0;                                                                                                      \
    }

DEFINE_COUNT_SINGLE(count_single_16, uint16_t)
DEFINE_COUNT_SINGLE(count_single_32, uint32_t)

/* The same for a column of many: those of a document are `numbers[starts[doc]]` up to `ends[doc]`, each below `known`;
 * where there is a list `named`, it is `named[number]` that counts. Each counts `step`, 1 or -1. Returns how many documents
 * have none. */
#define DEFINE_COUNT_MANY(NAME, TYPE)                                                                                  \
    API int64_t NAME(const uint32_t *numbers, int64_t assigned, const TYPE *starts, const TYPE *ends, int64_t size,    \
                     const int64_t *docs, int64_t count, int64_t base, const int64_t *named, int64_t known,            \
                     uint32_t *counts, int64_t kinds, int64_t step)                                                    \
    {                                                                                                                  \
        int64_t without = 0;                                                                                           \
        for (int64_t i = 0; i < count; i++) {                                                                          \
            if (i + 2 * AHEAD < count) {                                                                               \
                int64_t later = docs[i + 2 * AHEAD] - base, soon = docs[i + AHEAD] - base;                             \
                if (later < 0 || later >= size || soon < 0 || soon >= size)                                            \
                    return -1;                                                                                         \
                PREFETCH(&starts[later]);                                                                              \
                PREFETCH(&ends[later]);                                                                                \
                const char *row = (const char *)&numbers[starts[soon]];                                                \
                PREFETCH(row);                                                                                         \
                PREFETCH(row + LINE / 2);                                                                              \
            }                                                                                                          \
            int64_t doc = docs[i] - base;                                                                              \
            if (doc < 0 || doc >= size)                                                                                \
                return -1;                                                                                             \
            int64_t at = starts[doc], end = ends[doc];                                                                 \
            if (at < 0 || end > assigned)                                                                              \
                return -1;                                                                                             \
            without += at == end;                                                                                      \
            for (; at < end; at++) {                                                                                   \
                int64_t number = numbers[at];                                                                          \
                if (number >= known)                                                                                   \
                    return -1;                                                                                         \
                number = named ? named[number] : number;                                                               \
                if (number < 0 || number >= kinds)                                                                     \
                    return -1;                                                                                         \
                counts[number] += (uint32_t)step;                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        return without;                                                                                                \
    }

DEFINE_COUNT_MANY(count_many_32, uint32_t)
DEFINE_COUNT_MANY(count_many_64, int64_t)

/* Counts looked at together: most of many labels do not occur. */
#define TOGETHER 8

/* The first place from `number` on, of so many, in whose group of counts any is not 0; `*stop` is where the group ends. */
static int64_t next_group(const uint32_t *counts, int64_t kinds, int64_t number, int64_t *stop)
{
    for (; number + TOGETHER <= kinds; number += TOGETHER) {
        uint64_t group[TOGETHER / 2];
        memcpy(group, counts + number, sizeof group);
        if (group[0] | group[1] | group[2] | group[3]) {
            *stop = number + TOGETHER;
            return number;
        }
    }
    *stop = kinds;
    return number;
}

/* The numbers that occur, ascending, and how often each does; `counts` is all 0 afterwards. Returns how many. */
API int64_t take_counts(uint32_t *counts, int64_t kinds, int64_t *numbers, int64_t *often, int64_t room)
{
    int64_t found = 0, stop;
    for (int64_t number = 0; (number = next_group(counts, kinds, number, &stop)) < kinds;)
        for (; number < stop; number++)
            if (counts[number]) {
                if (found == room)
                    return -1;
                numbers[found] = number;
                often[found++] = counts[number];
                counts[number] = 0;
            }
    return found;
}

/* Frequencies told apart where the most frequent are looked for; all larger ones are as this. */
#define TELLING 2048

/* The numbers that occur most, ascending, at least `size` of them or all, and how often each does; `counts` is all 0
 * afterwards. `found` is for how many occur. Returns how many are given, all as frequent as any that is not. */
API int64_t take_most(uint32_t *counts, int64_t kinds, int64_t size, int64_t *numbers, int64_t *often, int64_t room,
                      int64_t *found)
{
    uint32_t having[TELLING] = {0}, least = TELLING - 1;
    int64_t kept = 0, stop;
    *found = 0;
    for (int64_t number = 0; (number = next_group(counts, kinds, number, &stop)) < kinds;)
        for (; number < stop; number++)
            if (counts[number]) {
                having[counts[number] < TELLING ? counts[number] : TELLING - 1]++;
                ++*found;
            }
    for (int64_t more = having[least]; least > 1 && more < size;)
        more += having[--least];
    for (int64_t number = 0; (number = next_group(counts, kinds, number, &stop)) < kinds;)
        for (; number < stop; number++) {
            uint32_t count = counts[number];
            counts[number] = 0;
            if (!count || count < least)
                continue;
            if (kept == room)
                return -1;
            numbers[kept] = number;
            often[kept++] = count;
        }
    return kept;
}
