/* Memory, strings with numbers, and Python's lower and title case. */

#include <stdlib.h>
#include <string.h>

#include "tagger.h"

/* `old` with room for `needed` items of `size` bytes; what it held stays. */
void *grown(struct tagger *tagger, void *old, int64_t *room, int64_t needed, size_t size)
{
    if (needed <= *room)
        return old;
    int64_t wanted = *room < 64 ? 64 : *room;
    while (wanted < needed)
        wanted *= 2;
    void *fresh = realloc(old, (size_t)wanted * size);
    if (!fresh)
        longjmp(tagger->failed, 1);
    *room = wanted;
    return fresh;
}

void *copied(struct tagger *tagger, const void *source, int64_t count, size_t size)
{
    void *copy = malloc((size_t)(count + 1) * size);
    if (!copy)
        longjmp(tagger->failed, 1);
    if (count)
        memcpy(copy, source, (size_t)count * size);
    return copy;
}

uint64_t hash_step(uint64_t hash, letter next)
{
    return (hash ^ next) * 0x9E3779B97F4A7C15u;
}

uint32_t hash_end(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

uint32_t hash_of(const letter *text, int64_t length)
{
    uint64_t hash = 0;
    for (int64_t i = 0; i < length; i++)
        hash = hash_step(hash, text[i]);
    return hash_end(hash);
}

/* The number of a string, or NONE. */
int32_t find_string(const struct strings *strings, const letter *text, int64_t length, uint32_t hash)
{
    if (!strings->slot_count)
        return NONE;
    const uint64_t mask = (uint64_t)strings->slot_count - 1;
    for (uint64_t slot = hash & mask; strings->slots[slot].number != NONE; slot = (slot + 1) & mask) {
        if (strings->slots[slot].hash != hash)
            continue;
        const struct string *item = &strings->items[strings->slots[slot].number];
        if (item->length == length &&
            (!length || !memcmp(strings->letters + item->at, text, (size_t)length * sizeof *text)))
            return strings->slots[slot].number;
    }
    return NONE;
}

/* Fetches the place of a string that is soon to be found. */
void expect_string(const struct strings *strings, uint32_t hash)
{
    if (strings->slot_count)
        SOON(&strings->slots[hash & ((uint64_t)strings->slot_count - 1)]);
}

static void put_slot(struct strings *strings, uint32_t hash, int32_t number)
{
    const uint64_t mask = (uint64_t)strings->slot_count - 1;
    uint64_t slot = hash & mask;
    while (strings->slots[slot].number != NONE)
        slot = (slot + 1) & mask;
    strings->slots[slot] = (struct slot){hash, number};
}

static void more_slots(struct tagger *tagger, struct strings *strings)
{
    int64_t count = strings->slot_count ? strings->slot_count * 2 : 1024;
    struct slot *fresh = malloc((size_t)count * sizeof *fresh);
    if (!fresh)
        longjmp(tagger->failed, 1);
    free(strings->slots);
    strings->slots = fresh;
    strings->slot_count = count;
    memset(fresh, 0xff, (size_t)count * sizeof *fresh);
    for (int64_t i = 0; i < strings->count; i++)
        put_slot(strings, strings->items[i].hash, (int32_t)i);
}

/* The number of a string that is not there yet. `text` must not lie in `strings`. */
int32_t add_string(struct tagger *tagger, struct strings *strings, const letter *text, int64_t length, uint32_t hash)
{
    if (strings->used + length > (int64_t)UINT32_MAX || strings->count >= INT32_MAX)
        longjmp(tagger->failed, 1);
    if (2 * (strings->count + 1) > strings->slot_count)
        more_slots(tagger, strings);
    NEED(tagger, strings->items, strings->item_room, strings->count + 1);
    NEED(tagger, strings->letters, strings->room, strings->used + length);
    if (length)
        memcpy(strings->letters + strings->used, text, (size_t)length * sizeof *text);
    strings->items[strings->count] = (struct string){(uint32_t)strings->used, (uint32_t)length, hash};
    strings->used += length;
    put_slot(strings, hash, (int32_t)strings->count);
    return (int32_t)strings->count++;
}

void forget_strings(struct strings *strings)
{
    strings->used = strings->count = 0;
    if (strings->slots)
        memset(strings->slots, 0xff, (size_t)strings->slot_count * sizeof *strings->slots);
}

void free_strings(struct strings *strings)
{
    free(strings->letters);
    free(strings->items);
    free(strings->slots);
}

/* The row of a table of four columns that starts with `c`; the rows are in order. */
static const letter *row_with(const letter *rows, int64_t count, letter c)
{
    int64_t low = 0, high = count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (rows[4 * middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rows[4 * low] == c ? rows + 4 * low : NULL;
}

static int64_t put_row(const letter *row, letter *out)
{
    int64_t count = 0;
    while (count < 3 && row[1 + count]) {
        out[count] = row[1 + count];
        count++;
    }
    return count;
}

static bool is_cased(const struct settings *settings, letter c)
{
    return class_of(settings, c) & (UPPER | LOWER | TITLE);
}

/* Whether the sigma at `at` is the last letter of its word: cased letters before it and none behind. */
static bool is_final(const struct settings *settings, const letter *text, int64_t length, int64_t at)
{
    int64_t i = at - 1;
    while (i >= 0 && class_of(settings, text[i]) & IGNORABLE)
        i--;
    if (i < 0 || !is_cased(settings, text[i]))
        return false;
    i = at + 1;
    while (i < length && class_of(settings, text[i]) & IGNORABLE)
        i++;
    return i == length || !is_cased(settings, text[i]);
}

/* `str.lower`; `out` has room for three times as many. */
int64_t lowered(const struct settings *settings, const letter *text, int64_t length, letter *out)
{
    int64_t count = 0;
    for (int64_t i = 0; i < length; i++) {
        letter c = text[i];
        const letter *row;
        if (c == 0x3a3)
            out[count++] = is_final(settings, text, length, i) ? 0x3c2 : 0x3c3;
        else if ((int64_t)c >= settings->lower_count || !c)
            out[count++] = c;
        else if (settings->lower[c])
            out[count++] = settings->lower[c];
        else if ((row = row_with(settings->longer, settings->longer_count, c)))
            count += put_row(row, out + count);
    }
    return count;
}

/* `str.title` of one character. */
int64_t titled(const struct settings *settings, letter first, letter *out)
{
    const letter *row = row_with(settings->titles, settings->title_count, first);
    if (row)
        return put_row(row, out);
    out[0] = first;
    return 1;
}
