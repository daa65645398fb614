/* Features of word forms, as `features.word_features` names them, and the scores that their weights come to. A feature is
 * the CRC-32 of its name in UTF-8, with the place that it is seen from before it. */

#include <string.h>

#include "tagger.h"

#define MOST_NAMES 64
#define FAR 6 /* features that a word shows two places away */

/* Names of features, one behind the other in `tagger->bytes`. */
struct names {
    struct tagger *tagger;
    int64_t used, count;
    int64_t ends[MOST_NAMES];
};

static void put(struct names *names, uint8_t byte)
{
    NEED(names->tagger, names->tagger->bytes, names->tagger->byte_room, names->used + 1);
    names->tagger->bytes[names->used++] = byte;
}

static void put_text(struct names *names, const char *text)
{
    while (*text)
        put(names, (uint8_t)*text++);
}

static void put_letter(struct names *names, letter c)
{
    if (c < 0x80) {
        put(names, (uint8_t)c);
        return;
    }
    if (c < 0x800) {
        put(names, (uint8_t)(0xc0 | c >> 6));
    } else {
        if (c < 0x10000) {
            put(names, (uint8_t)(0xe0 | c >> 12));
        } else {
            put(names, (uint8_t)(0xf0 | c >> 18));
            put(names, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
        }
        put(names, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
    }
    put(names, (uint8_t)(0x80 | (c & 0x3f)));
}

static void put_number(struct names *names, int64_t number)
{
    uint8_t digits[20];
    int count = 0;
    do
        digits[count++] = (uint8_t)('0' + number % 10);
    while (number /= 10);
    while (count)
        put(names, digits[--count]);
}

static void end_name(struct names *names)
{
    if (names->count < MOST_NAMES)
        names->ends[names->count++] = names->used;
}

/* "x3=" and the letters of a form from one to another, counted from its end where `first` is negative. */
static void name_part(struct names *names, const char *label, int32_t form, int64_t first, int64_t last)
{
    int64_t length = length_of(names->tagger, form);
    const letter *letters = letters_of(names->tagger, form);
    if (first < 0)
        first = length + first < 0 ? 0 : length + first;
    put_text(names, label);
    for (int64_t i = first; i < last && i < length; i++)
        put_letter(names, letters[i]);
    end_name(names);
}

static void name_number(struct names *names, const char *label, int64_t number)
{
    put_text(names, label);
    put_number(names, number);
    end_name(names);
}

static void name_clusters(struct names *names, char label, int32_t form)
{
    struct known known = *known_of(names->tagger, form);
    for (int grain = 0; known.clusters[0] != NONE && grain < GRAINS; grain++) {
        char text[] = {label, (char)('0' + grain), '=', 0};
        name_number(names, text, known.clusters[grain]);
    }
}

static void put_digits(struct names *names, int32_t low)
{
    const struct settings *settings = &names->tagger->settings;
    for (int64_t i = 0; i < length_of(names->tagger, low); i++) {
        letter c = letters_of(names->tagger, low)[i];
        put_letter(names, class_of(settings, c) & DECIMAL ? '0' : c);
    }
}

/* `features.shape` */
static void put_shape(struct names *names, int32_t form)
{
    const struct settings *settings = &names->tagger->settings;
    letter last = 0, before = 0;
    int64_t count = 0;
    for (int64_t i = 0; i < length_of(names->tagger, form); i++) {
        letter c = letters_of(names->tagger, form)[i];
        uint32_t class = class_of(settings, c);
        letter kind = class & UPPER ? 'X' : class & LOWER ? 'x' : class & DIGIT ? 'd' : c;
        if (count >= 2 && last == kind && before == kind)
            continue;
        put_letter(names, kind);
        before = last;
        last = kind;
        count++;
    }
}

static bool holds(const struct tagger *tagger, int32_t form, letter sought)
{
    for (int64_t i = 0; i < length_of(tagger, form); i++)
        if (letters_of(tagger, form)[i] == sought)
            return true;
    return false;
}

static uint32_t crc_on(const struct tagger *tagger, uint32_t crc, const uint8_t *bytes, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        crc = tagger->crc[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
    return crc;
}

/* The key of what was put last, behind a prefix. */
static uint32_t hash_put(struct names *names, int64_t from, const char *prefix)
{
    uint32_t crc = crc_on(names->tagger, ~(uint32_t)0, (const uint8_t *)prefix, (int64_t)strlen(prefix));
    return ~crc_on(names->tagger, crc, names->tagger->bytes + from, names->used - from);
}

static void put_hashes(struct names *names, int32_t form, int32_t low)
{
    uint32_t hashes[HASHES];
    int64_t from = names->used;
    put_digits(names, low);
    hashes[0] = hash_put(names, from, "h|");
    from = names->used;
    put_shape(names, form);
    hashes[1] = hash_put(names, from, "h|");
    const struct known *known = known_of(names->tagger, form);
    if (known->clusters[0] != NONE) {
        from = names->used;
        put_number(names, known->clusters[1]);
    } else {
        put(names, '?');
    }
    hashes[2] = hash_put(names, from, "h|");
    memcpy(names->tagger->forms.items[form].hashes, hashes, sizeof hashes);
}

/* What is seen from beside a word too. */
static void name_near(struct names *names, int32_t form, int32_t low, int32_t plain)
{
    struct tagger *tagger = names->tagger;
    put_text(names, "w=");
    put_digits(names, low);
    end_name(names);
    put_text(names, "s=");
    put_shape(names, form);
    end_name(names);
    name_number(names, "cp=", caps_of(tagger, plain));
    name_clusters(names, 'c', form);
    int32_t row = known_of(tagger, plain)->flags;
    for (int32_t i = row == NONE ? 0 : tagger->settings.flag_starts[row]; row != NONE && i < tagger->settings.flag_starts[row + 1]; i++) {
        const struct string *name = &tagger->flag_names.items[tagger->settings.flag_rows[i]];
        put_text(names, "l=");
        for (uint32_t at = 0; at < name->length; at++)
            put_letter(names, tagger->flag_names.letters[name->at + at]);
        end_name(names);
    }
}

/* What is seen of the word itself. */
static void name_own(struct names *names, int32_t form, int32_t low)
{
    struct tagger *tagger = names->tagger;
    uint32_t marks = marks_of(tagger, form);
    int64_t length = length_of(tagger, form), whole = length_of(tagger, low);
    name_part(names, "p1=", form, 0, 1);
    name_part(names, "p2=", low, 0, 2);
    name_part(names, "p3=", low, 0, 3);
    name_part(names, "p4=", low, 0, 4);
    name_part(names, "x1=", low, -1, whole);
    name_part(names, "x2=", low, -2, whole);
    name_part(names, "x3=", low, -3, whole);
    name_part(names, "x4=", low, -4, whole);
    if (known_of(tagger, form)->clusters[0] == NONE && marks & FIRST_UPPER)
        name_clusters(names, 'k', low);
    if (length > 1 && marks & IS_UPPER)
        name_number(names, "UP", length < 5 ? length : 5);
    static const struct {
        letter mark;
        const char *name;
    } MARKS[] = {{'-', "HY"}, {'&', "AMP"}, {'\'', "APO"}};
    for (int i = 0; i < 3; i++)
        if (holds(tagger, form, MARKS[i].mark)) {
            put_text(names, MARKS[i].name);
            end_name(names);
        }
    if (marks & HAS_DOT && !(marks & IS_DOT)) {
        put_text(names, "DOT");
        end_name(names);
    }
    if (marks & FIRST_UPPER) {
        put_text(names, "T");
        end_name(names);
    }
}

/* Keys of names [0, count) and of one more, as seen from one place; returns how many. */
static int64_t keys_of(const struct names *names, const char *prefix, int64_t count, int64_t more, uint32_t *keys)
{
    const struct tagger *tagger = names->tagger;
    uint32_t start = crc_on(tagger, ~(uint32_t)0, (const uint8_t *)prefix, (int64_t)strlen(prefix));
    int64_t found = 0;
    for (int64_t i = 0; i < count + (more != NONE); i++) {
        int64_t name = i < count ? i : more, from = name ? names->ends[name - 1] : 0;
        keys[found] = ~crc_on(tagger, start, tagger->bytes + from, names->ends[name] - from);
        SOON(&tagger->model.slots[keys[found] >> tagger->model.shift]);
        found++;
    }
    return found;
}

/* Sums the weights of the keys of all places, `counts[i]` of place i; each is fetched before it is needed. */
static void sum_keys(const struct tagger *tagger, uint32_t *keys, const int64_t *counts, float *out)
{
    int32_t *rows = (int32_t *)keys;
    int64_t all = 0;
    for (int i = 0; i < OFFSETS; i++)
        all += counts[i];
    for (int64_t i = 0; i < all; i++) {
        rows[i] = row_of(&tagger->model, keys[i]);
        SOON(tagger->model.emission + rows[i] * tagger->model.lanes);
    }
    for (int i = 0; i < OFFSETS; i++, out += tagger->model.lanes) {
        sum_rows(&tagger->model, rows, counts[i], out);
        rows += counts[i];
    }
}

/* The row of a form's scores; worked out when it is first asked for. */
int32_t scores_of(struct tagger *tagger, int32_t form)
{
    static const char *const PREFIXES[OFFSETS] = {"-2|", "-1|", "0|", "1|", "2|"};
    if (tagger->forms.items[form].row != NONE)
        return tagger->forms.items[form].row;
    struct forms *forms = &tagger->forms;
    struct names names = {.tagger = tagger};
    int32_t low = low_of(tagger, form), plain = plain_of(tagger, low);
    name_near(&names, form, low, plain);
    int64_t near = names.count;
    name_own(&names, form, low);
    int64_t own = names.count;
    name_part(&names, "x3=", low, -3, length_of(tagger, low)); /* the last of those seen from beside */
    int64_t lanes = tagger->model.lanes;
    NEED(tagger, forms->scores, forms->score_room, (forms->score_count + 1) * OFFSETS * lanes);
    uint32_t keys[OFFSETS * (MOST_NAMES + 1)];
    int64_t counts[OFFSETS], all = 0;
    for (int offset = 0; offset < OFFSETS; offset++) {
        bool far = offset == 0 || offset == OFFSETS - 1;
        if (offset == OFFSETS / 2)
            counts[offset] = keys_of(&names, PREFIXES[offset], own, NONE, keys + all);
        else if (far && near >= FAR)
            counts[offset] = keys_of(&names, PREFIXES[offset], FAR, NONE, keys + all);
        else
            counts[offset] = keys_of(&names, PREFIXES[offset], near, own, keys + all);
        all += counts[offset];
    }
    sum_keys(tagger, keys, counts, forms->scores + forms->score_count * OFFSETS * lanes);
    put_hashes(&names, form, low);
    forms->items[form].row = (int32_t)forms->score_count;
    return (int32_t)forms->score_count++;
}
