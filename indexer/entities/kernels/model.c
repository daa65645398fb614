/* The weights: rows by feature key, and their sums. */

#include <stdlib.h>
#include <string.h>

#include "tagger.h"

/* The row of a feature key; unknown keys have the row of zeros behind the last. */
int32_t row_of(const struct model *model, uint32_t key)
{
    if (!may_have(model, key))
        return (int32_t)model->count;
    for (uint64_t slot = key >> model->shift;; slot++) {
        const struct slot *at = &model->slots[slot];
        if (at->number == NONE)
            return (int32_t)model->count;
        if (at->hash == key)
            return at->number;
    }
}

static void add_to(float *sum, const float *row, int64_t lanes)
{
    for (int64_t j = 0; j < lanes; j++)
        sum[j] += row[j];
}

/* out = rows[0] + ... + rows[count - 1], at most 128 of them in the order of numpy: by eights, in pairs. */
static void sum_by_eights(const struct model *model, const int32_t *rows, int64_t count, float *out)
{
    const int64_t lanes = model->lanes;
    const float *emission = model->emission;
    int64_t i = 0;
    memset(out, 0, (size_t)lanes * sizeof *out);
    if (count >= 8) {
        float part[8][64];
        for (int k = 0; k < 8; k++)
            memcpy(part[k], emission + rows[k] * lanes, (size_t)lanes * sizeof *out);
        for (i = 8; i < count - count % 8; i += 8)
            for (int k = 0; k < 8; k++)
                add_to(part[k], emission + rows[i + k] * lanes, lanes);
        for (int64_t j = 0; j < lanes; j++)
            out[j] = ((part[0][j] + part[1][j]) + (part[2][j] + part[3][j])) +
                     ((part[4][j] + part[5][j]) + (part[6][j] + part[7][j]));
    }
    for (; i < count; i++)
        add_to(out, emission + rows[i] * lanes, lanes);
}

static void sum_in_pairs(const struct model *model, const int32_t *rows, int64_t count, float *out)
{
    if (count <= 128) {
        sum_by_eights(model, rows, count, out);
        return;
    }
    int64_t half = count / 2 - count / 2 % 8;
    float more[64];
    sum_in_pairs(model, rows, half, out);
    sum_in_pairs(model, rows + half, count - half, more);
    for (int64_t j = 0; j < model->lanes; j++)
        out[j] += more[j];
}

/* The sum of `count` rows, which may be none, in the order in which `numpy.add.reduceat` adds them. */
void sum_rows(const struct model *model, const int32_t *rows, int64_t count, float *out)
{
    if (!count) {
        memset(out, 0, (size_t)model->lanes * sizeof *out);
        return;
    }
    sum_in_pairs(model, rows + 1, count - 1, out);
    const float *first = model->emission + rows[0] * model->lanes;
    for (int64_t j = 0; j < model->lanes; j++)
        out[j] = first[j] + out[j];
}

static float *padded(struct tagger *tagger, const float *rows, int64_t count, int64_t labels, int64_t lanes, float with)
{
    float *copy = malloc((size_t)((count + 1) * lanes) * sizeof *copy);
    if (!copy)
        longjmp(tagger->failed, 1);
    for (int64_t i = 0; i <= count; i++)
        for (int64_t j = 0; j < lanes; j++)
            copy[i * lanes + j] = i < count && j < labels ? rows[i * labels + j] : i < count ? with : 0;
    return copy;
}

static int32_t *rows_of(struct tagger *tagger, const uint32_t *keys, int64_t count)
{
    int32_t *rows = copied(tagger, keys, count, sizeof *rows);
    for (int64_t i = 0; i < count; i++)
        rows[i] = row_of(&tagger->model, keys[i]);
    return rows;
}

/* Copies what `settings` has of the model. */
void build_model(struct tagger *tagger)
{
    const struct settings *settings = &tagger->settings;
    struct model *model = &tagger->model;
    const float never = -1e30f;
    model->labels = settings->label_count;
    model->lanes = (model->labels + 3) / 4 * 4;
    model->count = settings->key_count;
    int bits = 10;
    while (((int64_t)1 << bits) < 2 * model->count)
        bits++;
    model->shift = 32 - bits;
    int64_t slots = ((int64_t)1 << bits) + model->count + 1; /* behind the last there is room for all: no wrapping round */
    model->slots = malloc((size_t)slots * sizeof *model->slots);
    if (!model->slots)
        longjmp(tagger->failed, 1);
    memset(model->slots, 0xff, (size_t)slots * sizeof *model->slots);
    model->filter = calloc(((size_t)1 << FILTER_BITS) / 64, sizeof *model->filter);
    if (!model->filter)
        longjmp(tagger->failed, 1);
    for (int64_t i = 0; i < model->count; i++) {
        uint64_t slot = settings->keys[i] >> model->shift, bit = settings->keys[i] >> (32 - FILTER_BITS);
        model->filter[bit / 64] |= (uint64_t)1 << bit % 64;
        while (model->slots[slot].number != NONE)
            slot++;
        model->slots[slot] = (struct slot){settings->keys[i], (int32_t)i};
    }
    model->emission = padded(tagger, settings->emission, model->count, model->labels, model->lanes, 0);
    model->transition = padded(tagger, settings->transition, model->labels, model->labels, model->lanes, never);
    model->start = padded(tagger, settings->start, 1, model->labels, model->lanes, never);
    model->end = padded(tagger, settings->end, 1, model->labels, model->lanes, never);
    model->habit_rows = rows_of(tagger, settings->habit_keys, settings->habit_count);
    model->class_rows = rows_of(tagger, settings->class_keys, settings->class_key_count);
    model->headline_row = row_of(model, (uint32_t)settings->headline_key);
    model->lower_row = row_of(model, (uint32_t)settings->lower_key);
    model->initials_row = row_of(model, (uint32_t)settings->initials_key);
}
