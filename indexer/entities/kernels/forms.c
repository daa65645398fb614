/* Word forms: each distinct word once, with what its letters say. Forms are kept from document to document, as
 * `features.Vocabulary` keeps them, and forgotten together. */

#include <string.h>

#include "tagger.h"

static const letter EN_DASH = 0x2013;

/* 98-91 */
static bool is_result(const struct settings *settings, const letter *text, int64_t length)
{
    int64_t at = 0, first, second;
    while (at < length && class_of(settings, text[at]) & DECIMAL)
        at++;
    first = at;
    if (at == length || (text[at] != '-' && text[at] != EN_DASH))
        return false;
    at++;
    while (at < length && class_of(settings, text[at]) & DECIMAL)
        at++;
    second = at - first - 1;
    return at == length && first >= 1 && first <= 3 && second >= 1 && second <= 3;
}

static uint32_t marks_of_text(const struct settings *settings, const letter *text, int64_t length)
{
    uint32_t any = 0, all = ~(uint32_t)0, first = length ? class_of(settings, text[0]) : 0, marks = 0;
    bool dot = false, number = length > 0;
    for (int64_t i = 0; i < length; i++) {
        uint32_t class = class_of(settings, text[i]);
        any |= class;
        all &= class;
        dot = dot || text[i] == '.';
        number = number && (class & DECIMAL || text[i] == '.' || text[i] == ':' || text[i] == '-');
    }
    bool upper = any & UPPER && !(any & (LOWER | TITLE)), lower = any & LOWER && !(any & (UPPER | TITLE));
    marks |= first & UPPER ? FIRST_UPPER : 0;
    marks |= first & LOWER ? FIRST_LOWER : 0;
    marks |= first & ALPHA ? FIRST_ALPHA : 0;
    marks |= upper ? IS_UPPER : 0;
    marks |= lower ? IS_LOWER : 0;
    marks |= length && all & ALPHA ? IS_ALPHA : 0;
    marks |= length && (text[0] == '@' || text[0] == '#' || (!lower && any & UPPER)) ? CAPITAL : 0;
    marks |= dot ? HAS_DOT : 0;
    marks |= length >= 1 && length <= 3 && all & DECIMAL ? IS_SCORE : 0;
    marks |= is_result(settings, text, length) ? IS_RESULT : 0;
    marks |= number ? IS_NUMBER : 0;
    marks |= length == 1 && first & DASH ? IS_DASH : 0;
    marks |= length == 1 && text[0] == ',' ? IS_COMMA : 0;
    marks |= length == 1 && text[0] == '.' ? IS_DOT : 0;
    return marks;
}

/* The number of a word form, new or known. `text` must not lie among the letters of forms. */
int32_t form_of(struct tagger *tagger, const letter *text, int64_t length)
{
    return form_with(tagger, text, length, hash_of(text, length));
}

/* The same, given the hash of the text. */
int32_t form_with(struct tagger *tagger, const letter *text, int64_t length, uint32_t hash)
{
    struct forms *forms = &tagger->forms;
    int32_t number = find_string(&forms->strings, text, length, hash);
    if (number != NONE)
        return number;
    NEED(tagger, forms->items, forms->room, forms->strings.count + 1);
    number = add_string(tagger, &forms->strings, text, length, hash);
    forms->items[number] = (struct form){
        .low = NONE, .plain = NONE, .row = NONE,
        .known = find_string(&tagger->lexicon.words, text, length, hash),
        .marks = marks_of_text(&tagger->settings, text, length)};
    return number;
}

/* The form in lower case. */
int32_t low_of(struct tagger *tagger, int32_t form)
{
    int32_t low = tagger->forms.items[form].low;
    if (low != NONE)
        return low;
    int64_t length = length_of(tagger, form);
    NEED(tagger, tagger->scratch, tagger->scratch_room, 3 * length);
    length = lowered(&tagger->settings, letters_of(tagger, form), length, tagger->scratch);
    low = form_of(tagger, tagger->scratch, length);
    tagger->forms.items[form].low = low;
    return low;
}

/* The form without dots at its end. */
int32_t plain_of(struct tagger *tagger, int32_t form)
{
    int32_t plain = tagger->forms.items[form].plain;
    if (plain != NONE)
        return plain;
    int64_t length = length_of(tagger, form), kept = length;
    const letter *letters = letters_of(tagger, form);
    while (kept && letters[kept - 1] == '.')
        kept--;
    plain = form;
    if (kept < length) {
        NEED(tagger, tagger->scratch, tagger->scratch_room, length);
        memcpy(tagger->scratch, letters, (size_t)kept * sizeof *letters);
        plain = form_of(tagger, tagger->scratch, kept);
    }
    tagger->forms.items[form].plain = plain;
    return plain;
}

/* A form with what the document at hand knows of it; nothing at first. */
struct form *here(struct tagger *tagger, int32_t form)
{
    struct form *item = &tagger->forms.items[form];
    if (item->document != tagger->document.number) {
        item->document = tagger->document.number;
        item->here = 0;
        item->habits = item->usage = NONE;
        item->alone = item->leads = 0;
    }
    return item;
}

void forget_forms(struct tagger *tagger)
{
    forget_strings(&tagger->forms.strings);
    tagger->forms.score_count = 0;
}
