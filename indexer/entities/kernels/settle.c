/* Spans made whole and made to agree: `listed.keep_listed` and `consistency.agree`. */

#include <string.h>

#include "tagger.h"

enum { PERSON, ORGANISATION, PLACE, KINDS };

/* Each step reads `spans` and writes `others`, which become the spans. */
void put_span(struct tagger *tagger, struct span span)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->others, document->other_room, document->other_count + 1);
    document->others[document->other_count++] = span;
}

void swap_spans(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    struct span *spans = document->spans;
    int64_t room = document->span_room;
    document->spans = document->others;
    document->span_room = document->other_room;
    document->span_count = document->other_count;
    document->others = spans;
    document->other_room = room;
    document->other_count = 0;
}

/* Inserts a span among those of its sentence, which begin at `from` of `others`. */
static void insert_span(struct tagger *tagger, int64_t from, struct span span)
{
    put_span(tagger, span);
    struct span *others = tagger->document.others;
    int64_t place = tagger->document.other_count - 1;
    while (place > from && others[place - 1].first > span.first) {
        others[place] = others[place - 1];
        place--;
    }
    others[place] = span;
}

/* FIFA, UNICEF, but not CARE: capitals that are no shouted word. */
static bool is_acronym(struct tagger *tagger, int32_t form)
{
    uint32_t marks = marks_of(tagger, form);
    return length_of(tagger, form) > 2 && marks & IS_UPPER && marks & IS_ALPHA &&
           caps_of(tagger, low_of(tagger, form)) >= tagger->settings.listed_capitalised;
}

static void keep_phrase(struct tagger *tagger, int64_t from, int32_t sentence, const struct phrase *phrase)
{
    struct document *document = &tagger->document;
    int32_t kind = tagger->settings.class_row_kinds[phrase->row];
    int32_t length = phrase->last - phrase->first;
    struct span whole = {sentence, phrase->first, phrase->last, kind};
    int64_t touching = 0, inside = 0;
    for (int64_t i = from; i < document->other_count; i++) {
        const struct span *span = &document->others[i];
        if (span->first < phrase->last && phrase->first < span->last) {
            touching++;
            inside += phrase->first <= span->first && span->last <= phrase->last;
        }
    }
    if (length == 1 && kind == ORGANISATION && is_acronym(tagger, document->forms[phrase->first])) {
        if (!touching)
            insert_span(tagger, from, whole);
        return;
    }
    if (length < tagger->settings.shortest_listed || kind == NONE ||
        !(marks_of(tagger, document->forms[phrase->last - 1]) & FIRST_UPPER) || !touching || inside < touching)
        return;
    int64_t kept = from;
    for (int64_t i = from; i < document->other_count; i++)
        if (document->others[i].last <= phrase->first || phrase->last <= document->others[i].first)
            document->others[kept++] = document->others[i];
    document->other_count = kept;
    insert_span(tagger, from, whole);
}

void keep_listed(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    int64_t span = 0, phrase = 0;
    document->other_count = 0;
    for (int32_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t from = document->other_count;
        while (span < document->span_count && document->spans[span].sentence == sentence)
            put_span(tagger, document->spans[span++]);
        for (; phrase < document->phrase_count && document->phrases[phrase].first < document->firsts[sentence + 1]; phrase++)
            keep_phrase(tagger, from, sentence, &document->phrases[phrase]);
    }
    swap_spans(tagger);
}

static uint32_t hash_forms(const int32_t *forms, int64_t count)
{
    uint64_t hash = (uint64_t)count;
    for (int64_t i = 0; i < count; i++)
        hash = hash_step(hash, (letter)forms[i]);
    return hash_end(hash);
}

/* Where the name that these words are stands in the table, or the place where it would. */
static int64_t name_slot(const struct document *document, const int32_t *forms, int64_t count, int64_t slots)
{
    uint64_t mask = (uint64_t)slots - 1, slot = hash_forms(forms, count) & mask;
    for (; document->name_slots[slot] != NONE; slot = (slot + 1) & mask) {
        const struct name *name = &document->names[document->name_slots[slot]];
        if (name->length == count &&
            !memcmp(document->forms + name->first, forms, (size_t)count * sizeof *forms))
            break;
    }
    return (int64_t)slot;
}

/* Counts what the spans say of each name; returns the size of the table. */
static int64_t count_names(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    int64_t slots = 64;
    while (slots < 2 * document->span_count)
        slots *= 2;
    NEED(tagger, document->name_slots, document->name_slot_room, slots);
    NEED(tagger, document->names, document->name_room, document->span_count + 1);
    memset(document->name_slots, 0xff, (size_t)slots * sizeof *document->name_slots);
    document->name_count = 0;
    for (int64_t i = 0; i < document->span_count; i++) {
        const struct span *span = &document->spans[i];
        const int32_t *forms = document->forms + span->first;
        int32_t length = span->last - span->first;
        int64_t slot = name_slot(document, forms, length, slots);
        if (document->name_slots[slot] == NONE) {
            document->names[document->name_count] = (struct name){.first = span->first, .length = length};
            document->name_slots[slot] = (int32_t)document->name_count++;
        }
        struct name *name = &document->names[document->name_slots[slot]];
        name->counts[span->kind]++;
        name->total++;
        if (span->kind == PERSON && length > 1)
            here(tagger, forms[length - 1])->here |= IS_SURNAME;
    }
    return slots;
}

/* The kind most often given; a word that ends a person's full name leans to the person. Longer names, and words that are
 * sure, are looked for in the rest of the document. */
static void settle(struct tagger *tagger, struct name *name)
{
    int32_t form = tagger->document.forms[name->first];
    bool surname = name->length == 1 && here(tagger, form)->here & IS_SURNAME;
    int32_t most = 0;
    for (int32_t kind = KINDS - 1; kind >= 0; kind--)
        if (name->counts[kind] >= most) {
            most = name->counts[kind];
            name->kind = kind;
        }
    if (surname && name->counts[PERSON] * 2 >= most)
        name->kind = PERSON;
    name->confident = name->length > 1 || ((surname || name->total > 1) && length_of(tagger, form) > 2);
    if (name->confident && name->length > here(tagger, form)->leads)
        here(tagger, form)->leads = name->length;
}

/* Whether a word stands free with a capital, beside a word: it may be a part of a longer name. */
static bool is_free_capital(const struct tagger *tagger, const uint8_t *taken, int64_t first, int64_t last, int64_t at)
{
    return first < at && at < last && marks_of(tagger, tagger->document.forms[at]) & FIRST_UPPER && !taken[at - first];
}

static bool any_taken(const uint8_t *taken, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (taken[i])
            return true;
    return false;
}

/* Adds repeats of confident names that start at a place; returns how many words. */
static int64_t repeat_at(struct tagger *tagger, uint8_t *taken, int32_t sentence, int64_t at, int64_t from, int64_t slots)
{
    struct document *document = &tagger->document;
    int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1];
    int64_t length = here(tagger, document->forms[at])->leads;
    if (length > tagger->settings.longest_repeat)
        length = tagger->settings.longest_repeat;
    if (length > last - at)
        length = last - at;
    for (; length > 0; length--) {
        int32_t number = document->name_slots[name_slot(document, document->forms + at, length, slots)];
        if (number == NONE || !document->names[number].confident || any_taken(taken + at - first, length))
            continue;
        if (length == 1 && (is_free_capital(tagger, taken, first, last, at + 1) ||
                            is_free_capital(tagger, taken, first, last, at - 1)))
            return 0;
        insert_span(tagger, from,
                    (struct span){sentence, (int32_t)at, (int32_t)(at + length), document->names[number].kind});
        memset(taken + at - first, 1, (size_t)length);
        return length;
    }
    return 0;
}

void agree(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    if (!document->span_count)
        return;
    int64_t slots = count_names(tagger), span = 0;
    for (int64_t i = 0; i < document->name_count; i++)
        settle(tagger, &document->names[i]);
    document->other_count = 0;
    for (int32_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1], from = document->other_count;
        NEED(tagger, document->loud, document->loud_room, last - first);
        memset(document->loud, 0, (size_t)(last - first));
        for (; span < document->span_count && document->spans[span].sentence == sentence; span++) {
            struct span copy = document->spans[span];
            int64_t slot = name_slot(document, document->forms + copy.first, copy.last - copy.first, slots);
            copy.kind = document->names[document->name_slots[slot]].kind;
            put_span(tagger, copy);
            memset(document->loud + copy.first - first, 1, (size_t)(copy.last - copy.first));
        }
        for (int64_t at = first; at < last; at++) {
            if (document->loud[at - first] || !(marks_of(tagger, document->forms[at]) & FIRST_UPPER) ||
                !here(tagger, document->forms[at])->leads)
                continue;
            repeat_at(tagger, document->loud, sentence, at, from, slots);
        }
    }
    swap_spans(tagger);
}
