/* What Python calls: a tagger made, taught, asked and freed. */

#include <stdlib.h>
#include <string.h>

#include "tagger.h"

#ifndef SOURCE_CRC
#define SOURCE_CRC 0
#endif

/* The checksum of the sources that this was compiled from. */
API int64_t broadsheet_source(void)
{
    return SOURCE_CRC;
}

static void make_crc(uint32_t *table)
{
    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i;
        for (int bit = 0; bit < 8; bit++)
            table[i] = table[i] & 1 ? 0xedb88320u ^ table[i] >> 1 : table[i] >> 1;
    }
}

static void read_list(struct tagger *tagger, struct word_list *list, const struct lines *lines)
{
    list->letters = copied(tagger, lines->text, lines->size, sizeof *list->letters);
    list->items = copied(tagger, NULL, 0, sizeof *list->items);
    int64_t room = 0;
    for (int64_t at = 0, start = 0; at < lines->size; at++) {
        if (list->letters[at] != '\n')
            continue;
        NEED(tagger, list->items, room, list->count + 1);
        list->items[list->count++] = (struct string){(uint32_t)start, (uint32_t)(at - start), 0};
        if (at > start && list->letters[start] < 128)
            list->starts[list->letters[start]] = 1;
        start = at + 1;
    }
}

static void free_list(struct word_list *list)
{
    free(list->letters);
    free(list->items);
}

API void tagger_free(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    struct model *model = &tagger->model;
    void *parts[] = {
        document->starts, document->lengths, document->forms, document->firsts, document->fields, document->phrases,
        document->extras, document->links, document->loud, document->extra_firsts, document->extra_rows, document->scores,
        document->back, document->spans, document->others, document->names, document->name_slots, document->rows,
        document->found, model->slots, model->filter, model->emission, model->transition, model->start, model->end, model->habit_rows,
        model->class_rows, tagger->lexicon.known, tagger->lexicon.phrase_rows, tagger->forms.items, tagger->forms.scores,
        tagger->scratch, tagger->joined, tagger->bytes,
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        free(parts[i]);
    free_strings(&tagger->lexicon.words);
    free_strings(&tagger->lexicon.phrases);
    free_strings(&tagger->forms.strings);
    free_list(&tagger->abbreviations);
    free_list(&tagger->particles);
    free_list(&tagger->clitics);
    free_list(&tagger->inner_clitics);
    free_list(&tagger->domains);
    free_list(&tagger->elisions);
    free_list(&tagger->flag_names);
    free(tagger);
}

static bool is_prepared(struct tagger *tagger, const struct settings *settings)
{
    if (setjmp(tagger->failed))
        return false;
    tagger->settings = *settings;
    make_crc(tagger->crc);
    read_list(tagger, &tagger->abbreviations, &settings->abbreviations);
    read_list(tagger, &tagger->particles, &settings->particles);
    read_list(tagger, &tagger->clitics, &settings->clitics);
    read_list(tagger, &tagger->inner_clitics, &settings->inner_clitics);
    read_list(tagger, &tagger->domains, &settings->domains);
    read_list(tagger, &tagger->elisions, &settings->elisions);
    read_list(tagger, &tagger->flag_names, &settings->flag_names);
    build_model(tagger);
    return true;
}

/* A tagger with these settings and an empty lexicon; NULL where there is no memory. */
API struct tagger *tagger_new(const struct settings *settings)
{
    struct tagger *tagger = calloc(1, sizeof *tagger);
    if (tagger && !is_prepared(tagger, settings)) {
        tagger_free(tagger);
        return NULL;
    }
    return tagger;
}

/* The forms start afresh where there are too many; the first is what stands before and after each sentence. */
static void begin(struct tagger *tagger)
{
    static const letter BOUNDARY[] = {'<', '/', 's', '>'};
    if (tagger->forms.strings.count > tagger->settings.max_forms)
        forget_forms(tagger);
    form_of(tagger, BOUNDARY, 4);
    begin_document(tagger);
}

static void tag(struct tagger *tagger)
{
    truecase(tagger);
    find_phrases(tagger);
    add_flags(tagger);
    decode(tagger);
    keep_listed(tagger);
    name_teams(tagger);
    agree(tagger);
}

static int32_t *room_for_found(struct tagger *tagger, int64_t count)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->found, document->found_room, 4 * count);
    return document->found;
}

static void cut(struct tagger *tagger, const letter *letters, const int64_t *lengths, int64_t fields, int64_t eliding,
                int64_t most)
{
    begin(tagger);
    for (int64_t field = 0; field < fields; field++) {
        cut_field(tagger, letters, lengths[field], (int32_t)field, eliding, &most);
        letters += lengths[field];
    }
}

/* Cuts the fields of a document, which lie one behind the other, into words, and no more than `most`; elided articles
 * stand alone if `eliding`. Returns how many words; `tagger_found` has field, sentence, start and length of each. */
API int64_t tagger_cut(struct tagger *tagger, const letter *letters, const int64_t *lengths, int64_t fields,
                       int64_t eliding, int64_t most)
{
    if (setjmp(tagger->failed))
        return -1;
    cut(tagger, letters, lengths, fields, eliding, most);
    const struct document *document = &tagger->document;
    int32_t *out = room_for_found(tagger, document->count);
    for (int32_t sentence = 0; sentence < document->sentences; sentence++)
        for (int32_t at = document->firsts[sentence]; at < document->firsts[sentence + 1]; at++) {
            int32_t row[4] = {document->fields[sentence], sentence, document->starts[at], document->lengths[at]};
            memcpy(out, row, sizeof row);
            out += 4;
        }
    return document->count;
}

/* Tags the fields of a document, cut as by `tagger_cut`. Returns how many names; `tagger_found` has field, start, end and
 * kind of each. */
API int64_t tagger_tag(struct tagger *tagger, const letter *letters, const int64_t *lengths, int64_t fields,
                       int64_t eliding, int64_t most)
{
    if (setjmp(tagger->failed))
        return -1;
    cut(tagger, letters, lengths, fields, eliding, most);
    tag(tagger);
    const struct document *document = &tagger->document;
    int32_t *out = room_for_found(tagger, document->span_count);
    for (int64_t i = 0; i < document->span_count; i++, out += 4) {
        struct span span = document->spans[i];
        out[0] = document->fields[span.sentence];
        out[1] = document->starts[span.first];
        out[2] = document->starts[span.last - 1] + document->lengths[span.last - 1];
        out[3] = span.kind;
    }
    return document->span_count;
}

static int64_t tag_words(struct tagger *tagger, const letter *letters, const int64_t *words, const int64_t *sentences,
                         int64_t count)
{
    begin(tagger);
    for (int64_t sentence = 0; sentence < count; sentence++) {
        for (int64_t i = 0; i < sentences[sentence]; i++) {
            add_word(tagger, 0, *words, form_of(tagger, letters, *words));
            letters += *words++;
        }
        end_sentence(tagger, (int32_t)sentence);
    }
    tag(tagger);
    const struct document *document = &tagger->document;
    int32_t *out = room_for_found(tagger, document->span_count);
    for (int64_t i = 0; i < document->span_count; i++, out += 4) {
        struct span span = document->spans[i];
        out[0] = document->fields[span.sentence];
        out[1] = span.first - document->firsts[span.sentence];
        out[2] = span.last - document->firsts[span.sentence];
        out[3] = span.kind;
    }
    return document->span_count;
}

/* Tags sentences of words, which lie one behind the other: the letters of each word and the words of each sentence are
 * counted. Returns how many names; `tagger_found` has sentence, first word, end and kind of each. */
API int64_t tagger_tag_words(struct tagger *tagger, const letter *letters, const int64_t *words, const int64_t *sentences,
                             int64_t count)
{
    return setjmp(tagger->failed) ? -1 : tag_words(tagger, letters, words, sentences, count);
}

/* What the last call found: rows of four numbers, until the next call. */
API const int32_t *tagger_found(const struct tagger *tagger)
{
    return tagger->document.found;
}

/* Scores of the words near capitals of the document that was tagged last, and how many numbers that is. */
API const float *tagger_scores(const struct tagger *tagger, int64_t *count)
{
    *count = tagger->document.score_count;
    return tagger->document.scores;
}
