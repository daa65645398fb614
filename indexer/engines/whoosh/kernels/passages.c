/* Where the words of a query stand in a text, and the passages of it that are worth showing.
 *
 * `indexer/highlight` and `search/match_finder` say in Python what both are, and the tests hold the two together. What is
 * looked for here are words and phrases as the dictionary spells them; wherever the text leaves a doubt whether a word
 * is one (signs within words, compounds), UNSURE is returned and Python looks. Texts are of one byte a character, which
 * is then ASCII, or of four. `native_passages.py` calls this. C99; nothing is kept or allocated. */

#include "kernels.h"

#define UNSURE -1

/* No more words of one form are looked at in a text (`MOST_PLACES`), and no more marks and spans are kept. */
#define MOST_PLACES 2000
#define MOST_FORMS 256

struct text {
    const void *chars;
    int64_t size, width;
};

/* Clause c has the words `clause_words[c]` up to `clause_words[c + 1]`, word w the forms `word_forms[w]` up to
 * `word_forms[w + 1]`, form f the characters `form_chars[f]` up to `form_chars[f + 1]` of `chars`. A clause is of the
 * number `numbers[c]`; with `begins[c]` its one word may go on behind the form. */
struct wanted {
    const uint32_t *chars;
    const int64_t *form_chars, *word_forms, *clause_words, *numbers, *begins;
    int64_t clauses;
};

struct mark {
    int64_t start, end, clause;
};

static inline uint32_t char_at(const struct text *text, int64_t at)
{
    return text->width == 1 ? ((const uint8_t *)text->chars)[at] : ((const uint32_t *)text->chars)[at];
}

/* ---- Characters ------------------------------------------------------------------------------------------------- */

static int is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* What Python's `isspace` says. */
static int is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

/* What surely parts words: `_CLEAN`. */
static int is_clean(uint32_t c)
{
    switch (c) {
    case ' ': case '\n': case '\t': case ',': case ';': case ':': case '!': case '?': case '(': case ')': case '[':
    case ']': case '{': case '}': case '"': case '/': case '<': case '>': case '|': case '*': case '=': case '%':
    case '-': case 0x201c: case 0x201d: case 0xab: case 0xbb: case 0x201e: case 0x2026: case 0x2013: case 0x2014:
    case 0x3001: case 0x3002: case 0xff0c: case 0xff01: case 0xff1f: case 0xff1b: case 0xff1a: case 0x300c:
    case 0x300d: case 0x300e: case 0x300f: case 0xff08: case 0xff09: case 0x060c: case 0x061b: case 0x061f:
        return 1;
    default:
        return 0;
    }
}

/* A sign that may stand within a word: `SIGNS_WITHIN`. */
static int is_sign(uint32_t c)
{
    return c == '\'' || c == '.' || c == '"' || c == 0x201d || c == 0x2033;
}

/* Whether it may be a letter or a digit; what is neither plain nor known to part words counts as one. */
static int may_be_letter(uint32_t c)
{
    return c < 0x80 ? is_letter(c) : !is_clean(c) && !is_space(c);
}

/* Whether a word surely ends before a place: what parts words follows, or a full stop or an apostrophe and then that. */
static int ends_before(const struct text *text, int64_t at)
{
    if (at == text->size || is_clean(char_at(text, at)))
        return 1;
    uint32_t c = char_at(text, at);
    return (c == '.' || c == '\'') && (at + 1 == text->size || is_clean(char_at(text, at + 1)));
}

static int begins_at(const struct text *text, int64_t at)
{
    return at == 0 || is_clean(char_at(text, at - 1));
}

/* A hyphen or an ampersand may make one word of two. */
static int joins(const struct text *text, int64_t at)
{
    uint32_t c = at < text->size ? char_at(text, at) : 0;
    return c == '-' || c == 0x2010 || c == '&' || (c == ' ' && at + 1 < text->size && char_at(text, at + 1) == '&');
}

/* ---- Marks ------------------------------------------------------------------------------------------------------ */

static int same(const struct text *text, int64_t at, const uint32_t *form, int64_t length)
{
    for (int64_t i = 0; i < length; i++)
        if (char_at(text, at + i) != form[i])
            return 0;
    return 1;
}

/* Characters between spaces that are looked at to one side of a sign within a word, as Python does (`_REACH`). */
#define REACH 80

/* Whether some form that a clause begins with is in the characters `[low, high)`, signs within words left out. */
static int in_joined(const struct text *text, int64_t low, int64_t high, const struct wanted *wanted)
{
    for (int64_t c = 0; c < wanted->clauses; c++) {
        int64_t word = wanted->clause_words[c];
        for (int64_t f = wanted->word_forms[word]; f < wanted->word_forms[word + 1]; f++) {
            const uint32_t *form = wanted->chars + wanted->form_chars[f];
            int64_t length = wanted->form_chars[f + 1] - wanted->form_chars[f];
            for (int64_t start = low; start < high; start++) {
                int64_t i = 0;
                for (int64_t place = start; place < high && i < length; place++) {
                    uint32_t c2 = char_at(text, place);
                    if (c2 == form[i])
                        i++;
                    else if (!is_sign(c2))
                        break;
                }
                if (i == length)
                    return 1;
            }
        }
    }
    return 0;
}

/* Whether a sign at a place is one within a word that may be what is looked for. What stands between spaces around it is
 * looked at once: `*seen` is how far. */
static int doubt_at(const struct text *text, int64_t at, const struct wanted *wanted, int64_t *seen)
{
    if (at < 1 || at + 1 >= text->size || at < *seen)
        return 0;
    if (!may_be_letter(char_at(text, at - 1)) || !may_be_letter(char_at(text, at + 1)))
        return 0;
    uint32_t c = char_at(text, at);
    if (c != '\'' && c != '.')
        return 1;
    int64_t low = at, high = at;
    while (low > 0 && !is_space(char_at(text, low - 1)))
        if (at - --low > REACH)
            return 1;
    while (high < text->size && !is_space(char_at(text, high)))
        if (++high - at > REACH)
            return 1;
    *seen = high;
    return in_joined(text, low, high, wanted);
}

/* Whether words with signs within may be what is looked for. */
static int doubtful(const struct text *text, const struct wanted *wanted)
{
    static const char signs[] = "'.\"";
    int64_t seen = 0;
    if (text->width == 1) {
        const uint8_t *chars = text->chars, *end = chars + text->size;
        for (const char *sign = signs; *sign; sign++, seen = 0)
            for (const uint8_t *at = chars; (at = memchr(at, *sign, (size_t)(end - at))); at++)
                if (doubt_at(text, at - chars, wanted, &seen))
                    return 1;
        return 0;
    }
    for (int64_t at = 1; at + 1 < text->size; at++)
        if (is_sign(char_at(text, at)) && doubt_at(text, at, wanted, &seen))
            return 1;
    return 0;
}

/* Where the form of word `word` that stands at a place ends, -1 where none does. */
static int64_t end_of_form(const struct text *text, int64_t at, int64_t end, const struct wanted *wanted, int64_t word)
{
    for (int64_t f = wanted->word_forms[word]; f < wanted->word_forms[word + 1]; f++) {
        int64_t length = wanted->form_chars[f + 1] - wanted->form_chars[f];
        if (length == end - at && same(text, at, wanted->chars + wanted->form_chars[f], length))
            return end;
    }
    return -1;
}

/* Where a phrase ends whose first word is `[at, end)`: 0 if other words stand there. */
static int64_t end_of_phrase(const struct text *text, int64_t end, const struct wanted *wanted, int64_t clause)
{
    int64_t first = wanted->clause_words[clause], after = wanted->clause_words[clause + 1];
    if (joins(text, end))
        return UNSURE;
    for (int64_t word = first + 1; word < after; word++) {
        int64_t at = end;
        while (at < text->size && is_clean(char_at(text, at)))
            at++;
        if (at == end)
            return UNSURE;
        for (end = at; end < text->size && is_letter(char_at(text, end));)
            end++;
        if (end == at || !ends_before(text, end) || joins(text, end))
            return UNSURE;
        if (end_of_form(text, at, end, wanted, word) < 0)
            return 0;
    }
    return end;
}

/* Which characters a form begins with, by their low byte. Returns whether there are few enough forms. */
static int heads_of(const struct wanted *wanted, uint8_t *heads)
{
    memset(heads, 0, 256);
    for (int64_t c = 0; c < wanted->clauses; c++) {
        int64_t word = wanted->clause_words[c];
        for (int64_t f = wanted->word_forms[word]; f < wanted->word_forms[word + 1]; f++) {
            if (f >= MOST_FORMS || wanted->form_chars[f + 1] <= wanted->form_chars[f])
                return 0;
            heads[wanted->chars[wanted->form_chars[f]] & 0xff] = 1;
        }
    }
    return 1;
}

/* Where the clause ends that begins with form f at a place; 0 if it does not, or UNSURE. */
static int64_t end_of_clause(const struct text *text, int64_t at, const struct wanted *wanted, int64_t clause, int64_t f,
                             uint16_t *places)
{
    const uint32_t *form = wanted->chars + wanted->form_chars[f];
    int64_t length = wanted->form_chars[f + 1] - wanted->form_chars[f], end = at + length;
    if (end > text->size || !same(text, at, form, length))
        return 0;
    if (!wanted->begins[clause] && end < text->size && is_letter(char_at(text, end)))
        return 0;
    if (places[f] == MOST_PLACES)
        return 0;
    places[f]++;
    if (!begins_at(text, at))
        return UNSURE;
    while (wanted->begins[clause] && end < text->size && is_letter(char_at(text, end)))
        end++;
    if (wanted->clause_words[clause + 1] - wanted->clause_words[clause] > 1)
        return end_of_phrase(text, end, wanted, clause);
    return ends_before(text, end) ? end : UNSURE;
}

/* The marks in folded text, by where they begin; returns how many, or UNSURE. */
static int64_t marks_of(const struct text *text, const struct wanted *wanted, struct mark *marks, int64_t room)
{
    uint8_t heads[256];
    uint16_t places[MOST_FORMS] = {0};
    int64_t found = 0;
    if (!heads_of(wanted, heads) || doubtful(text, wanted))
        return UNSURE;
    for (int64_t at = 0; at < text->size; at++) {
        if (!heads[char_at(text, at) & 0xff] || (at && is_letter(char_at(text, at - 1))))
            continue;
        for (int64_t c = 0; c < wanted->clauses; c++) {
            int64_t word = wanted->clause_words[c];
            for (int64_t f = wanted->word_forms[word]; f < wanted->word_forms[word + 1]; f++) {
                int64_t end = end_of_clause(text, at, wanted, c, f, places);
                if (end == UNSURE || (end && found == room))
                    return UNSURE;
                if (end)
                    marks[found++] = (struct mark){at, end, wanted->numbers[c]};
            }
        }
    }
    return found;
}

/* ---- Passages: `indexer/highlight/passages.py` ------------------------------------------------------------------ */

#define WIDTH 240
#define PASSAGES 2
#define LONGEST_WORD 40
#define MOST_CLAUSES 64

static void sort_marks(struct mark *marks, int64_t count)
{
    for (int64_t i = 1; i < count; i++) { /* nearly in order: the marks of each form are */
        struct mark mark = marks[i];
        int64_t j = i;
        for (; j > 0 && (marks[j - 1].start > mark.start || (marks[j - 1].start == mark.start &&
                                                              (marks[j - 1].end > mark.end ||
                                                               (marks[j - 1].end == mark.end &&
                                                                marks[j - 1].clause > mark.clause))));
             j--)
            marks[j] = marks[j - 1];
        marks[j] = mark;
    }
}

/* The run of marks within a passage's width with most clauses not yet covered, most clauses, most marks. */
static int best_window(const struct mark *marks, int64_t count, uint64_t covered, int64_t *first, int64_t *after)
{
    int32_t counts[MOST_CLAUSES] = {0};
    int64_t low = 0, fresh = 0, kinds = 0, worth[3] = {-1, -1, -1};
    for (int64_t high = 0; high < count; high++) {
        int64_t clause = marks[high].clause;
        if (++counts[clause] == 1) {
            kinds++;
            fresh += !(covered >> clause & 1);
        }
        while (low < high && marks[high].end - marks[low].start > WIDTH) {
            int64_t left = marks[low++].clause;
            if (!--counts[left]) {
                kinds--;
                fresh -= !(covered >> left & 1);
            }
        }
        int64_t size = high - low + 1;
        if (fresh > worth[0] ||
            (fresh == worth[0] && (kinds > worth[1] || (kinds == worth[1] && size > worth[2])))) {
            worth[0] = fresh, worth[1] = kinds, worth[2] = size;
            *first = low, *after = high + 1;
        }
    }
    return count > 0;
}

static int64_t skip(const struct text *text, int64_t at)
{
    while (at < text->size && is_space(char_at(text, at)))
        at++;
    return at;
}

static int64_t trim(const struct text *text, int64_t end, int64_t least)
{
    while (end > least && is_space(char_at(text, end - 1)))
        end--;
    return end;
}

/* Where the sentence ends whose end begins at a place, 0 where none does: `_SENTENCE_END`, nothing seen behind `limit`. */
static int64_t sentence_end(const struct text *text, int64_t at, int64_t limit)
{
    uint32_t c = char_at(text, at);
    int64_t end = at + 1;
    switch (c) {
    case '.': case '!': case '?': case 0x2026:
        for (; end < limit; end++) {
            uint32_t q = char_at(text, end);
            if (q != '"' && q != '\'' && q != 0x201d && q != 0x2019 && q != 0xbb && q != ')')
                break;
        }
        return end < limit && is_space(char_at(text, end)) ? end : 0;
    case 0x3002: case 0xff01: case 0xff1f:
        if (end < limit) {
            uint32_t q = char_at(text, end);
            end += q == 0x300d || q == 0x300f || q == 0x201d;
        }
        return end;
    case 0x061f: case 0x06d4:
        return end < limit && is_space(char_at(text, end)) ? end : 0;
    case '\n': {
        int64_t last = 0;
        for (; end < limit && is_space(char_at(text, end)); end++)
            if (char_at(text, end) == '\n')
                last = end + 1;
        return last;
    }
    default:
        return 0;
    }
}

/* Where a passage begins: with a sentence that begins after `floor`, else with a word. */
static int64_t passage_start(const struct text *text, int64_t first, int64_t floor)
{
    if (floor == 0) {
        int64_t start = skip(text, 0);
        return start < first ? start : first;
    }
    for (int64_t at = floor > 2 ? floor - 2 : 0; at < first;) {
        int64_t end = sentence_end(text, at, first);
        if (end) {
            int64_t start = skip(text, end);
            if (start <= first && start >= floor)
                return start;
        }
        at = end ? end : at + 1;
    }
    if (is_space(char_at(text, floor - 1)))
        return floor;
    for (int64_t at = floor; at < floor + LONGEST_WORD && at < first; at++)
        if (is_space(char_at(text, at)))
            return skip(text, at);
    return floor < first && char_at(text, floor) > 0x2ff ? UNSURE : floor;
}

/* Where a passage ends: with a sentence if enough of the width is used, else with a word. */
static int64_t passage_end(const struct text *text, int64_t start, int64_t last, int64_t ceiling)
{
    int64_t limit = start + WIDTH > last ? start + WIDTH : last;
    if (limit > ceiling)
        limit = ceiling;
    if (limit == text->size) {
        int64_t end = trim(text, text->size, 0);
        return end >= last ? end : limit;
    }
    int64_t seen = limit + 1 < text->size ? limit + 1 : text->size, best = 0;
    for (int64_t at = last - 1 > start ? last - 1 : start; at < seen;) {
        int64_t end = sentence_end(text, at, seen);
        if (end && last <= end && end <= limit)
            best = end;
        at = end ? end : at + 1;
    }
    if (best && 10 * (best - start) >= 6 * WIDTH)
        return trim(text, best, last);
    if (is_space(char_at(text, limit)))
        return trim(text, limit, last);
    for (int64_t at = limit; at > limit - LONGEST_WORD && at > last; at--)
        if (is_space(char_at(text, at - 1)))
            return trim(text, at, last);
    return limit < ceiling && char_at(text, limit) > 0x2ff ? UNSURE : limit;
}

/* What of one passage is told: where it starts and ends, whether text was cut before and behind it, how many spans it
 * has, and these, counted from its start; returns how many numbers that are, or UNSURE. */
static int64_t tell(const struct text *text, int64_t start, int64_t end, const struct mark *marks, int64_t count,
                    int64_t *out, int64_t room)
{
    if (room < 5)
        return UNSURE;
    out[0] = start, out[1] = end;
    out[2] = skip(text, 0) < start;
    out[3] = skip(text, end) < text->size;
    int64_t used = 5, a = -1, z = -1;
    for (int64_t i = 0; i <= count; i++) {
        if (i < count && (marks[i].start >= end || marks[i].end <= start))
            continue;
        if (i < count && a >= 0 && marks[i].start < z) {
            z = marks[i].end > z ? marks[i].end : z;
            continue;
        }
        if (a >= 0) {
            if (used + 2 > room)
                return UNSURE;
            out[used++] = (a > start ? a : start) - start;
            out[used++] = (z < end ? z : end) - start;
        }
        if (i < count)
            a = marks[i].start, z = marks[i].end;
    }
    out[4] = (used - 5) / 2;
    return used;
}

/* The best passages around marks in order, which this changes; `all` are the same and stay. */
static int64_t choose(const struct text *text, struct mark *left, const struct mark *all, int64_t count, int64_t *out,
                      int64_t room)
{
    int64_t spans[PASSAGES][2], chosen = 0, remaining = count, used = 1;
    uint64_t covered = 0;
    while (chosen < PASSAGES) {
        int64_t low = 0, high = 0;
        if (!best_window(left, remaining, covered, &low, &high))
            break;
        int64_t first = left[low].start, last = 0, floor = 0, ceiling = text->size;
        for (int64_t i = low; i < high; i++) {
            covered |= (uint64_t)1 << left[i].clause;
            last = left[i].end > last ? left[i].end : last;
        }
        for (int64_t i = 0; i < chosen; i++) {
            if (spans[i][1] <= first && spans[i][1] > floor)
                floor = spans[i][1];
            if (spans[i][0] >= last && spans[i][0] < ceiling)
                ceiling = spans[i][0];
        }
        int64_t slack = WIDTH > last - first ? (WIDTH - (last - first)) * 2 / 3 : 0;
        int64_t start = passage_start(text, first, first - slack > floor ? first - slack : floor);
        int64_t end = start < 0 ? UNSURE : passage_end(text, start, last, ceiling);
        if (end < 0)
            return UNSURE;
        spans[chosen][0] = start, spans[chosen][1] = end;
        chosen++;
        int64_t kept = 0;
        for (int64_t i = 0; i < remaining; i++)
            if (left[i].end <= start || left[i].start >= end)
                left[kept++] = left[i];
        remaining = kept;
    }
    out[0] = chosen;
    int64_t second_first = chosen == 2 && spans[1][0] < spans[0][0];
    for (int64_t i = 0; i < chosen; i++) {
        int64_t each = second_first ? 1 - i : i;
        int64_t more = tell(text, spans[each][0], spans[each][1], all, count, out + used, room - used);
        if (more < 0)
            return UNSURE;
        used += more;
    }
    return used;
}

/* ---- What is called --------------------------------------------------------------------------------------------- */

/* The marks in a folded text, three numbers each; returns how many marks, or UNSURE. */
API int64_t find_marks(const void *folded, int64_t size, int64_t width, const struct wanted *wanted, int64_t *found,
                       int64_t room)
{
    struct text text = {folded, size, width};
    return marks_of(&text, wanted, (struct mark *)found, room / 3);
}

/* The passages around marks; `marks` has each twice, its copy to work on behind it. Returns how many numbers are told of
 * them in `out`: how many passages, and what `tell` has of each; or UNSURE. */
API int64_t choose_passages(const void *chars, int64_t size, int64_t width, int64_t *marks, int64_t count, int64_t *out,
                            int64_t room)
{
    struct text text = {chars, size, width};
    struct mark *all = (struct mark *)marks, *left = all + count;
    for (int64_t i = 0; i < count; i++)
        if (all[i].clause < 0 || all[i].clause >= MOST_CLAUSES || all[i].start < 0 || all[i].end > size ||
            all[i].start >= all[i].end)
            return UNSURE;
    sort_marks(all, count);
    memcpy(left, all, (size_t)count * sizeof *all);
    return choose(&text, left, all, count, out, room);
}

/* Both at once in a text that is its own folding. `marks` has room for `room` of them twice. */
API int64_t find_passages(const void *folded, int64_t size, int64_t width, const struct wanted *wanted, int64_t *marks,
                          int64_t room, int64_t *out, int64_t out_room)
{
    struct text text = {folded, size, width};
    struct mark *all = (struct mark *)marks;
    int64_t count = marks_of(&text, wanted, all, room);
    if (count < 0)
        return UNSURE;
    sort_marks(all, count);
    memcpy(all + count, all, (size_t)count * sizeof *all);
    return choose(&text, all + count, all, count, out, out_room);
}
