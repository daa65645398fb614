/* Text to sentences of words, as `tokenise.py` cuts it: the alternatives of its regular expression in their order, one
 * function each. A function returns where the word that starts at `at` ends, or NONE where it is none of its kind. */

#include "tagger.h"

#define AHEAD 12 /* words whose place in the table is fetched before it is needed */

struct text {
    const struct tagger *tagger;
    const letter *letters;
    int64_t size;
};

static uint32_t class_at(const struct text *text, int64_t at)
{
    return at >= 0 && at < text->size ? class_of(&text->tagger->settings, text->letters[at]) : 0;
}

/* The character at a place, 0 outside of the text; a character 0 is like what is outside wherever this is asked. */
static letter at_or_0(const struct text *text, int64_t at)
{
    return at >= 0 && at < text->size ? text->letters[at] : 0;
}

static bool is_small(letter c) { return c >= 'a' && c <= 'z'; }
static bool is_big(letter c) { return c >= 'A' && c <= 'Z'; }
static bool is_apostrophe(letter c) { return c == '\'' || c == 0x2019; }

static int64_t skip_small(const struct text *text, int64_t at)
{
    while (is_small(at_or_0(text, at)))
        at++;
    return at;
}

static int64_t skip_class(const struct text *text, int64_t at, uint32_t class)
{
    while (class_at(text, at) & class)
        at++;
    return at;
}

/* Where a word of the list ends that starts here and is followed by `next`, or by no letter or digit if `next` is 0. */
static int64_t listed(const struct text *text, const struct word_list *list, int64_t at, letter next)
{
    letter first = at_or_0(text, at);
    if (first < 128 && !list->starts[first])
        return NONE;
    for (int64_t i = 0; i < list->count; i++) {
        const letter *word = list->letters + list->items[i].at;
        int64_t length = list->items[i].length, same = 0;
        while (same < length && at_or_0(text, at + same) == word[same])
            same++;
        if (same == length && (next ? at_or_0(text, at + length) == next : !(class_at(text, at + length) & WORD)))
            return at + length;
    }
    return NONE;
}

/* l' of l'ONU. */
static int64_t elision(const struct text *text, int64_t at)
{
    for (int i = 0; i < 2; i++) {
        int64_t end = listed(text, &text->tagger->elisions, at, i ? 0x2019 : '\'');
        if (end != NONE && class_at(text, end + 1) & WORD)
            return end + 1;
    }
    return NONE;
}

/* Most words of a text: letters from a to z, the first perhaps a capital, and a space or a comma behind. */
static int64_t plain_word(const struct text *text, int64_t at)
{
    letter first = at_or_0(text, at);
    if (!is_small(first) && !is_big(first))
        return NONE;
    int64_t end = skip_small(text, at + 1);
    if (end == at + 1 && !is_small(first))
        return NONE;
    switch (at_or_0(text, end)) {
    case ' ': case ',': case ';': case ':': case ')':
        return end;
    }
    return NONE;
}

/* U.S. */
static int64_t initials(const struct text *text, int64_t at)
{
    int64_t end = at;
    while (is_big(at_or_0(text, end)) && at_or_0(text, end + 1) == '.')
        end += 2;
    return end - at >= 4 ? end : NONE;
}

/* Gen. */
static int64_t abbreviation(const struct text *text, int64_t at)
{
    int64_t end = listed(text, &text->tagger->abbreviations, at, '.');
    if (end == NONE)
        return NONE;
    end++;
    return end == text->size || class_at(text, end) & SPACE || at_or_0(text, end) == ',' ? end : NONE;
}

/* J. of J. Smith. */
static int64_t initial(const struct text *text, int64_t at)
{
    if (!is_big(at_or_0(text, at)) || at_or_0(text, at + 1) != '.' || class_at(text, at - 1) & WORD)
        return NONE;
    int64_t next = class_at(text, at + 2) & SPACE ? at + 3 : at + 2;
    return class_at(text, next) & WORD ? at + 2 : NONE;
}

/* al-Assad */
static int64_t with_particle(const struct text *text, int64_t at)
{
    int64_t end = listed(text, &text->tagger->particles, at, '-');
    if (end == NONE || !is_big(at_or_0(text, end + 1)) || !(class_at(text, end + 2) & WORD))
        return NONE;
    return skip_class(text, end + 2, WORD);
}

static bool is_nt(const struct text *text, int64_t at)
{
    return at_or_0(text, at) == 'n' && is_apostrophe(at_or_0(text, at + 1)) && at_or_0(text, at + 2) == 't' &&
           !(class_at(text, at + 3) & WORD);
}

static bool is_letter(const struct text *text, int64_t at)
{
    return (class_at(text, at) & (WORD | DECIMAL)) == WORD && text->letters[at] != '_';
}

/* do|n't, n't, Lavrov|'s */
static int64_t contraction(const struct text *text, int64_t at)
{
    int64_t end = at;
    while (is_letter(text, end))
        end++;
    if (end - at >= 2 && is_nt(text, end - 1))
        return end - 1;
    if (is_nt(text, at))
        return at + 3;
    return is_apostrophe(at_or_0(text, at)) ? listed(text, &text->tagger->clitics, at + 1, 0) : NONE;
}

/* long-term, but not London-based, whose names stand alone */
static int64_t compound(const struct text *text, int64_t at)
{
    int64_t end = skip_small(text, at), parts = 0;
    if (end == at)
        return NONE;
    while (at_or_0(text, end) == '-' && is_small(at_or_0(text, end + 1))) {
        end = skip_small(text, end + 1);
        parts++;
    }
    letter next = at_or_0(text, end);
    return parts && !(class_at(text, end) & WORD) && !is_apostrophe(next) && next != '-' ? end : NONE;
}

/* 1,234.5 */
static int64_t figure(const struct text *text, int64_t at)
{
    int64_t end = skip_class(text, at, DECIMAL), groups = 0;
    if (end == at)
        return NONE;
    for (;;) {
        letter mark = at_or_0(text, end);
        if ((mark != '.' && mark != ',' && mark != ':') || !(class_at(text, end + 1) & DECIMAL))
            return groups ? end : NONE;
        end = skip_class(text, end + 1, DECIMAL);
        groups++;
    }
}

/* What is left: letters and digits, joined by & or an apostrophe (AT&T, O'Neill), perhaps an address of the Web. */
static int64_t other_word(const struct text *text, int64_t at)
{
    if (!(class_at(text, at) & WORD))
        return at + 1;
    int64_t end = skip_class(text, at, WORD);
    for (;;) {
        letter mark = at_or_0(text, end);
        if (mark != '&' && !is_apostrophe(mark))
            break;
        if (class_at(text, end + 1) & WORD && listed(text, &text->tagger->inner_clitics, end + 1, 0) == NONE)
            end = skip_class(text, end + 1, WORD);
        else if (mark == '&' && end + 1 < text->size && !(class_at(text, end + 1) & WORD))
            end++;
        else
            break;
    }
    if (at_or_0(text, end) == '.') {
        int64_t domain = listed(text, &text->tagger->domains, end + 1, 0);
        if (domain != NONE)
            return domain;
    }
    return end;
}

static int64_t word_end(const struct text *text, int64_t at, bool eliding)
{
    int64_t end;
    if (eliding && (end = elision(text, at)) != NONE)
        return end;
    if ((end = plain_word(text, at)) != NONE || (end = initials(text, at)) != NONE ||
        (end = abbreviation(text, at)) != NONE || (end = initial(text, at)) != NONE)
        return end;
    if (class_at(text, at) & IDEOGRAPH)
        return at + 1;
    if ((end = with_particle(text, at)) != NONE || (end = contraction(text, at)) != NONE ||
        (end = compound(text, at)) != NONE || (end = figure(text, at)) != NONE)
        return end;
    return other_word(text, at);
}

static bool in_list(const struct text *text, int64_t at, int64_t end, uint32_t list)
{
    const struct lexicon *lexicon = &text->tagger->lexicon;
    const letter *word = text->letters + at;
    int32_t number = find_string(&lexicon->words, word, end - at, hash_of(word, end - at));
    return number != NONE && lexicon->known[number].lists & list;
}

/* After "U.S." or "Corp." a sentence ends only where the next word usually starts one. */
static bool may_end(const struct text *text, int64_t end)
{
    int64_t at = skip_class(text, end, SPACE);
    if (at == end)
        return false;
    if (class_at(text, at) & QUOTE)
        at++;
    int64_t next = skip_class(text, at, WORD);
    return next > at && in_list(text, at, next, STARTER);
}

/* Whether a sentence starts at a word that follows the end of another. */
static bool starts_sentence(const struct text *text, int64_t at)
{
    return text->letters[at] >= 0x2e80 || (!(class_at(text, at) & LOWER) && class_at(text, at - 1) & OPENER);
}

void begin_document(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    document->number++;
    document->count = document->sentences = document->span_count = document->other_count = 0;
    document->link_count = document->extra_count = document->phrase_count = document->score_count = 0;
    NEED(tagger, document->firsts, document->sentence_room[0], 2);
    NEED(tagger, document->fields, document->sentence_room[1], 2);
    document->firsts[0] = 0;
}

void add_word(struct tagger *tagger, int64_t start, int64_t length, int32_t form)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->starts, document->word_room[0], document->count + 1);
    NEED(tagger, document->lengths, document->word_room[1], document->count + 1);
    NEED(tagger, document->forms, document->word_room[2], document->count + 1);
    document->starts[document->count] = (int32_t)start;
    document->lengths[document->count] = (int32_t)length;
    document->forms[document->count++] = form;
}

/* Ends the sentence that the last words are of, if there are any. */
void end_sentence(struct tagger *tagger, int32_t field)
{
    struct document *document = &tagger->document;
    if (document->firsts[document->sentences] == document->count)
        return;
    NEED(tagger, document->firsts, document->sentence_room[0], document->sentences + 2);
    NEED(tagger, document->fields, document->sentence_room[1], document->sentences + 2);
    document->fields[document->sentences++] = field;
    document->firsts[document->sentences] = (int32_t)document->count;
}

/* Ends the sentence; false where it and those before it have more words than are `left`, and it is dropped. */
static bool close(struct tagger *tagger, int32_t field, int64_t *left)
{
    struct document *document = &tagger->document;
    int64_t words = document->count - document->firsts[document->sentences];
    *left -= words;
    if (*left < 0) {
        document->count -= words;
        return false;
    }
    end_sentence(tagger, field);
    return true;
}

/* The same with the hash of each word in place of its form. */
static bool cut_words(struct tagger *tagger, const letter *letters, int64_t size, int32_t field, bool eliding, int64_t *left)
{
    const struct text text = {tagger, letters, size};
    struct document *document = &tagger->document;
    int64_t line_end = 0;
    bool pending = false; /* an ender was seen; the sentence ends at the next word that is no closing quote */
    for (int64_t at = 0, end; at < size; at = end) {
        if (class_at(&text, at) & SPACE) {
            end = at + 1;
            continue;
        }
        end = word_end(&text, at, eliding);
        bool ends = false;
        bool closer = end - at == 1 && class_at(&text, at) & CLOSER;
        int64_t words = document->count - document->firsts[document->sentences];
        if (at >= line_end) {
            if (!close(tagger, field, left))
                return false;
            words = 0;
            pending = false;
            line_end = at;
            while (line_end < size && letters[line_end] != '\n')
                line_end++;
            line_end += line_end == size;
        }
        if (pending && !closer) {
            pending = false;
            ends = starts_sentence(&text, at);
        } else {
            ends = words >= tagger->settings.max_sentence;
        }
        if (ends && !close(tagger, field, left))
            return false;
        add_word(tagger, at, end - at, (int32_t)hash_of(letters + at, end - at));
        if (class_at(&text, end - 1) & ENDER)
            pending = end - at == 1 ||
                      (end - at > 2 && !in_list(&text, at, end, NO_STOP) && may_end(&text, end));
    }
    return close(tagger, field, left);
}

/* Adds the sentences of a field, as long as words are `left`. */
void cut_field(struct tagger *tagger, const letter *letters, int64_t size, int32_t field, bool eliding, int64_t *left)
{
    struct document *document = &tagger->document;
    int64_t first = document->count;
    cut_words(tagger, letters, size, field, eliding, left);
    for (int64_t i = first; i < document->count; i++) {
        if (i + AHEAD < document->count)
            expect_string(&tagger->forms.strings, (uint32_t)document->forms[i + AHEAD]);
        document->forms[i] =
            form_with(tagger, letters + document->starts[i], document->lengths[i], (uint32_t)document->forms[i]);
    }
}
