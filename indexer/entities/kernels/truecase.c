/* Headlines in capitals and in title case, recased as `truecase.py` does it. Only the forms of words change. */

#include <string.h>

#include "tagger.h"

enum { ORDINARY, LOUD, TITLED }; /* sentences; of words of titled ones, 1 stands for those of listed names */

int64_t capitals_in(const struct tagger *tagger, const int32_t *forms, int64_t count)
{
    int64_t capitals = 0;
    for (int64_t i = 0; i < count; i++)
        capitals += marks_of(tagger, forms[i]) & FIRST_UPPER ? 1 : 0;
    return capitals;
}

/* `lexicon.is_headline` */
bool is_headline(const struct tagger *tagger, const int32_t *forms, int64_t count, int64_t capitals)
{
    if (capitals < tagger->settings.headline_capitals)
        return false;
    int64_t letters = 0;
    for (int64_t i = 0; i < count; i++)
        letters += marks_of(tagger, forms[i]) & FIRST_ALPHA ? 1 : 0;
    return (double)capitals > 0.75 * (double)letters;
}

static bool is_shouting(const struct tagger *tagger, const int32_t *forms, int64_t count)
{
    int64_t letters = 0, upper = 0;
    bool begins = false;
    for (int64_t i = 0; i < count; i++) {
        uint32_t marks = marks_of(tagger, forms[i]);
        begins = begins || (i < 4 && marks & IS_UPPER);
        if (marks & FIRST_ALPHA) {
            letters++;
            upper += marks & IS_UPPER ? 1 : 0;
        }
    }
    return begins && letters >= tagger->settings.min_letters && (double)upper > 0.7 * (double)letters;
}

/* Counts how a word in lower case is written in ordinary sentences. */
static void count_usage(struct tagger *tagger, int32_t low, int32_t form)
{
    struct document *document = &tagger->document;
    struct form *item = here(tagger, low);
    for (int32_t link = item->usage; link != NONE; link = document->links[link].next)
        if (document->links[link].value == form) {
            document->links[link].count++;
            return;
        }
    NEED(tagger, document->links, document->link_room, document->link_count + 1);
    document->links[document->link_count] = (struct link){form, 1, item->usage};
    item->usage = (int32_t)document->link_count++;
}

static int32_t usage_of(const struct tagger *tagger, int32_t first, int32_t form)
{
    const struct link *links = tagger->document.links;
    for (int32_t link = first; link != NONE; link = links[link].next)
        if (links[link].value == form)
            return links[link].count;
    return 0;
}

static bool is_before(const struct tagger *tagger, int32_t form, int32_t other)
{
    int64_t length = length_of(tagger, form), other_length = length_of(tagger, other);
    const letter *letters = letters_of(tagger, form), *other_letters = letters_of(tagger, other);
    for (int64_t i = 0; i < length && i < other_length; i++)
        if (letters[i] != other_letters[i])
            return letters[i] < other_letters[i];
    return length < other_length;
}

static int32_t capitalized(struct tagger *tagger, int32_t low)
{
    int64_t length = length_of(tagger, low);
    NEED(tagger, tagger->scratch, tagger->scratch_room, length + 3);
    const letter *letters = letters_of(tagger, low);
    int64_t count = titled(&tagger->settings, letters[0], tagger->scratch);
    memcpy(tagger->scratch + count, letters + 1, (size_t)(length - 1) * sizeof *letters);
    return form_of(tagger, tagger->scratch, count + length - 1);
}

/* A word of a sentence in capitals, as the rest of the document writes it, or as it is written most. */
static int32_t recased(struct tagger *tagger, int32_t form)
{
    uint32_t marks = marks_of(tagger, form);
    if (!(marks & FIRST_ALPHA) || !(marks & IS_UPPER))
        return form;
    int32_t low = low_of(tagger, form);
    int32_t best = NONE, often = 0;
    for (int32_t link = here(tagger, low)->usage; link != NONE; link = tagger->document.links[link].next) {
        const struct link *use = &tagger->document.links[link];
        if (use->count > often || (use->count == often && is_before(tagger, use->value, best))) {
            best = use->value;
            often = use->count;
        }
    }
    if (best != NONE)
        return best;
    if (is_listed(tagger, low, ACRONYM) || (length_of(tagger, form) > 1 && marks & HAS_DOT))
        return form;
    int habit = caps_of(tagger, plain_of(tagger, low));
    if (habit == tagger->settings.unknown_caps || habit >= tagger->settings.capitalised)
        return capitalized(tagger, low);
    return low;
}

static bool is_common(struct tagger *tagger, int32_t form)
{
    uint32_t marks = marks_of(tagger, form);
    if (!(marks & FIRST_UPPER) || (length_of(tagger, form) > 1 && marks & IS_UPPER))
        return false;
    int32_t low = low_of(tagger, form), first = here(tagger, low)->usage;
    if (first != NONE)
        return usage_of(tagger, first, low) > usage_of(tagger, first, form);
    return caps_of(tagger, plain_of(tagger, low)) <= tagger->settings.common;
}

/* Lower case for the ordinary words of a headline in title case; words of listed names stay. */
static void lower_common(struct tagger *tagger, int32_t *forms, int64_t count)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->rows, document->rows_room, count); /* which are words of listed names */
    int32_t *stay = document->rows;
    memset(stay, 0, (size_t)count * sizeof *stay);
    for (int64_t place = 0; place < count; place++) {
        int32_t row, length;
        if (!(marks_of(tagger, forms[place]) & FIRST_UPPER) || !(length = phrase_at(tagger, forms, place, count, &row)))
            continue;
        for (int64_t i = place; length > 1 && i < place + length; i++)
            stay[i] = 1;
        place += length - 1;
    }
    for (int64_t place = 1; place < count; place++)
        if (!stay[place] && is_common(tagger, forms[place]))
            forms[place] = low_of(tagger, forms[place]);
}

void truecase(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->loud, document->loud_room, document->sentences);
    bool any = false;
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        const int32_t *forms = document->forms + document->firsts[sentence];
        int64_t count = document->firsts[sentence + 1] - document->firsts[sentence];
        uint8_t kind = is_shouting(tagger, forms, count)                                              ? LOUD
                       : is_headline(tagger, forms, count, capitals_in(tagger, forms, count)) ? TITLED
                                                                                                       : ORDINARY;
        document->loud[sentence] = kind;
        any = any || kind != ORDINARY;
        for (int64_t i = 0; kind != ORDINARY && i < count; i++) {
            int32_t low = low_of(tagger, document->forms[document->firsts[sentence] + i]);
            here(tagger, low)->here |= IS_WANTED;
        }
    }
    if (!any)
        return;
    for (int64_t sentence = 0; sentence < document->sentences; sentence++)
        for (int64_t i = document->firsts[sentence] + 1;
             document->loud[sentence] == ORDINARY && i < document->firsts[sentence + 1]; i++) {
            int32_t form = document->forms[i], low = low_of(tagger, form);
            if (here(tagger, low)->here & IS_WANTED)
                count_usage(tagger, low, form);
        }
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1];
        if (document->loud[sentence] == TITLED)
            lower_common(tagger, document->forms + first, last - first);
        for (int64_t i = first; document->loud[sentence] == LOUD && i < last; i++)
            document->forms[i] = recased(tagger, document->forms[i]);
    }
}
