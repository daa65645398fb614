/* Scores of the words near capitals, and the best labels of each stretch of them: `features.near_capitals`,
 * `crf.Scorer.score`, `crf.viterbi` and `crf.read_spans`. Sums are made in the order in which numpy makes them. */

#include <string.h>

#include "tagger.h"

#define USUAL_LANES 16

/* The form of a word of a sentence [first, last), or the boundary, which is the first form of all. */
static int32_t form_at(const struct document *document, int64_t first, int64_t last, int64_t at)
{
    return at < first || at >= last ? 0 : document->forms[at];
}

/* The keys of the pairs around a word, given the forms around it. */
static void pair_keys(const struct tagger *tagger, const int32_t *around, uint32_t *keys)
{
    const struct settings *settings = &tagger->settings;
    for (int64_t pair = 0; pair < settings->pair_count; pair++) {
        const int32_t *parts = settings->pairs + 7 * pair;
        uint64_t mixed = (uint64_t)pair * 7919 + 1;
        for (int32_t part = 0; part < parts[0]; part++) {
            const struct form *form = &tagger->forms.items[around[OFFSETS / 2 + parts[2 + 2 * part]]];
            mixed = (mixed ^ form->hashes[parts[1 + 2 * part]]) * settings->multipliers[part];
            mixed ^= mixed >> 29;
        }
        keys[pair] = (uint32_t)(mixed >> 16);
    }
}

/* The scores that a form brings to the word that sees it from one of the offsets. */
static const float *seen_from(const struct tagger *tagger, int32_t form, int offset)
{
    return tagger->forms.scores + (tagger->forms.items[form].row * (int64_t)OFFSETS + offset) * tagger->model.lanes;
}

static void add_row(float *total, const float *row, int64_t lanes)
{
    for (int64_t j = 0; j < lanes; j++)
        total[j] += row[j];
}

/* Puts the extras of the document in order of their words: those of word i are [extra_firsts[i], extra_firsts[i + 1]). */
static void sort_extras(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->extra_firsts, document->extra_first_room, document->count + 2);
    NEED(tagger, document->extra_rows, document->extra_row_room, document->extra_count + 1);
    int32_t *firsts = document->extra_firsts;
    memset(firsts, 0, (size_t)(document->count + 2) * sizeof *firsts);
    for (int64_t i = 0; i < document->extra_count; i++)
        firsts[document->extras[i].at + 2]++;
    for (int64_t i = 2; i < document->count + 2; i++)
        firsts[i] += firsts[i - 1];
    for (int64_t i = 0; i < document->extra_count; i++)
        document->extra_rows[firsts[document->extras[i].at + 1]++] = document->extras[i].row;
}

/* Finds the weights of the pairs around the words [begin, end) of a sentence [first, last): `places` gets which pairs have
 * any, counted over all words, and `rows` their rows. Returns how many. Most pairs have none, and whether they do is
 * hard to foresee: so it is counted without branches, and memory is fetched a step ahead. */
static int64_t find_pairs(struct tagger *tagger, int64_t first, int64_t last, int64_t begin, int64_t end, int32_t **places,
                          int32_t **rows)
{
    struct document *document = &tagger->document;
    const struct model *model = &tagger->model;
    const int64_t pairs = tagger->settings.pair_count, total = (end - begin) * pairs;
    NEED(tagger, document->rows, document->rows_room, 3 * total + 1);
    uint32_t *keys = (uint32_t *)document->rows;
    *places = document->rows + total;
    *rows = document->rows + 2 * total;
    for (int64_t at = begin; at < end; at++) {
        int32_t around[OFFSETS];
        for (int i = 0; i < OFFSETS; i++) {
            around[i] = form_at(document, first, last, at + i - OFFSETS / 2);
            SOON(seen_from(tagger, around[i], i));
        }
        uint32_t *own = keys + (at - begin) * pairs;
        pair_keys(tagger, around, own);
        for (int64_t pair = 0; pair < pairs; pair++)
            SOON(&model->filter[own[pair] >> (32 - FILTER_BITS + 6)]);
    }
    int64_t likely = 0, found = 0;
    for (int64_t i = 0; i < total; i++) {
        (*places)[likely] = (int32_t)i;
        likely += may_have(model, keys[i]);
    }
    for (int64_t i = 0; i < likely; i++)
        SOON(&model->slots[keys[(*places)[i]] >> model->shift]);
    for (int64_t i = 0; i < likely; i++) {
        int32_t row = row_of(model, keys[(*places)[i]]);
        SOON(model->emission + row * model->lanes);
        (*rows)[found] = row;
        (*places)[found] = (*places)[i];
        found += row != model->count;
    }
    return found;
}

/* Sums the scores of the words [begin, end) of a sentence [first, last), given what `find_pairs` found. The number of
 * lanes is a constant where this is inlined, so that the compiler can use registers. */
static inline void sum_scores(const struct tagger *tagger, int64_t first, int64_t last, int64_t begin, int64_t end,
                              const int32_t *places, const int32_t *rows, int64_t found, float *total, const int64_t lanes)
{
    const struct document *document = &tagger->document;
    const struct model *model = &tagger->model;
    const int64_t pairs = tagger->settings.pair_count;
    int64_t next = 0;
    for (int64_t at = begin; at < end; at++, total += lanes) {
        memcpy(total, seen_from(tagger, form_at(document, first, last, at - OFFSETS / 2), 0), (size_t)lanes * sizeof *total);
        for (int i = 1; i < OFFSETS; i++)
            add_row(total, seen_from(tagger, form_at(document, first, last, at + i - OFFSETS / 2), i), lanes);
        for (; next < found && places[next] < (at - begin + 1) * pairs; next++)
            add_row(total, model->emission + rows[next] * lanes, lanes);
        int64_t extras = document->extra_firsts[at + 1] - document->extra_firsts[at];
        if (extras) {
            float more[64];
            sum_rows(model, document->extra_rows + document->extra_firsts[at], extras, more);
            add_row(total, more, lanes);
        }
    }
}

/* Scores of the words [begin, end) of a sentence [first, last). */
static void score(struct tagger *tagger, int64_t first, int64_t last, int64_t begin, int64_t end)
{
    struct document *document = &tagger->document;
    const int64_t lanes = tagger->model.lanes;
    int32_t *places, *rows;
    for (int64_t at = begin - OFFSETS / 2; at < end + OFFSETS / 2; at++)
        scores_of(tagger, form_at(document, first, last, at));
    int64_t found = find_pairs(tagger, first, last, begin, end, &places, &rows);
    NEED(tagger, document->scores, document->score_room, document->score_count + (end - begin) * lanes);
    float *total = document->scores + document->score_count;
    if (lanes == USUAL_LANES)
        sum_scores(tagger, first, last, begin, end, places, rows, found, total, USUAL_LANES);
    else
        sum_scores(tagger, first, last, begin, end, places, rows, found, total, lanes);
    document->score_count += (end - begin) * lanes;
}

/* The best labels of `count` words, the last in `best`; `back` has for each word and label the label before it. As
 * to `lanes`, see above. */
static inline int64_t walk(const struct model *model, const float *scores, int64_t count, uint8_t *back, const int64_t lanes)
{
    float best[64], fresh[64];
    for (int64_t j = 0; j < lanes; j++)
        best[j] = (count == 1 ? scores[j] + model->end[j] : scores[j]) + model->start[j];
    for (int64_t step = 1; step < count; step++) {
        uint8_t *from = back + step * lanes;
        const float *here = scores + step * lanes;
        int32_t source[64];
        for (int64_t j = 0; j < lanes; j++) {
            fresh[j] = best[0] + model->transition[j];
            source[j] = 0;
        }
        for (int64_t i = 1; i < model->labels; i++)
            for (int64_t j = 0; j < lanes; j++) {
                float path = best[i] + model->transition[i * lanes + j];
                source[j] = path > fresh[j] ? (int32_t)i : source[j];
                fresh[j] = path > fresh[j] ? path : fresh[j];
            }
        for (int64_t j = 0; j < lanes; j++) {
            from[j] = (uint8_t)source[j];
            best[j] = fresh[j] + (step == count - 1 ? here[j] + model->end[j] : here[j]);
        }
    }
    int64_t label = 0;
    for (int64_t j = 1; j < model->labels; j++)
        if (best[j] > best[label])
            label = j;
    return label;
}

void add_span(struct tagger *tagger, int32_t sentence, int64_t first, int64_t last, int32_t kind)
{
    struct document *document = &tagger->document;
    NEED(tagger, document->spans, document->span_room, document->span_count + 1);
    document->spans[document->span_count++] = (struct span){sentence, (int32_t)first, (int32_t)last, kind};
}

/* Adds the spans of a stretch that ends with a label. The labels are left in the first column of `back`. */
static void read_spans(struct tagger *tagger, int32_t sentence, int64_t begin, int64_t count, int64_t label)
{
    const struct settings *settings = &tagger->settings;
    const int64_t lanes = tagger->model.lanes;
    uint8_t *back = tagger->document.back;
    for (int64_t step = count - 1; step >= 0; step--) {
        int64_t before = back[step * lanes + label];
        back[step * lanes] = (uint8_t)label;
        label = before;
    }
    int64_t open = NONE;
    for (int64_t step = 0; step < count; step++) {
        int64_t here = back[step * lanes];
        if (settings->label_marks[here] == 'U') {
            add_span(tagger, sentence, begin + step, begin + step + 1, settings->label_kinds[here]);
        } else if (settings->label_marks[here] == 'B') {
            open = step;
        } else if (settings->label_marks[here] == 'L' && open != NONE) {
            add_span(tagger, sentence, begin + open, begin + step + 1, settings->label_kinds[here]);
            open = NONE;
        }
    }
}

static void decode_stretch(struct tagger *tagger, int32_t sentence, int64_t begin, int64_t end)
{
    struct document *document = &tagger->document;
    const struct model *model = &tagger->model;
    int64_t lanes = model->lanes, count = end - begin, from = document->score_count;
    score(tagger, document->firsts[sentence], document->firsts[sentence + 1], begin, end);
    NEED(tagger, document->back, document->back_room, count * lanes);
    memset(document->back, 0, (size_t)lanes);
    const float *scores = document->scores + from;
    int64_t label = lanes == USUAL_LANES ? walk(model, scores, count, document->back, USUAL_LANES)
                                         : walk(model, scores, count, document->back, lanes);
    read_spans(tagger, sentence, begin, count, label);
}

/* Spans of the document, stretch by stretch: words near capitals, cut where more than `gap` words have none. */
void decode(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    const int64_t gap = tagger->settings.gap;
    sort_extras(tagger);
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1];
        int64_t start = NONE, end = NONE; /* first and last capital of the stretch */
        for (int64_t at = first; at <= last; at++) {
            if (at < last && !(marks_of(tagger, document->forms[at]) & CAPITAL))
                continue;
            if (start != NONE && (at == last || at - end > gap + 1)) {
                decode_stretch(tagger, (int32_t)sentence, start > first ? start - 1 : first, end + 2 < last ? end + 2 : last);
                start = NONE;
            }
            if (start == NONE)
                start = at;
            end = at;
        }
    }
}
