/* Clubs named by their city, where a result is reported: `sports.name_teams`. */

#include "tagger.h"

enum { ORGANISATION = 1, PLACE = 2 };

static bool has(const struct tagger *tagger, int32_t form, uint32_t mark)
{
    return marks_of(tagger, form) & mark;
}

/* Whether a sentence begins with a result: "Detroit 5, Cleveland 3." */
static bool is_line_score(const struct tagger *tagger, const int32_t *forms, int64_t count)
{
    int64_t first = NONE, second = NONE;
    for (int64_t i = 0; i < count && i < tagger->settings.line_score && second == NONE; i++)
        if (has(tagger, forms[i], IS_SCORE)) {
            second = first == NONE ? NONE : i;
            first = first == NONE ? i : first;
        }
    if (second == NONE || !has(tagger, forms[first + 1], IS_COMMA) || !first || second <= first + 2)
        return false;
    for (int64_t i = 0; i < second; i++)
        if (i != first && i != first + 1 && !has(tagger, forms[i], FIRST_UPPER))
            return false;
    return true;
}

/* Whether a result, a row of a table or a fixture stands in the sentence. */
static bool is_report(struct tagger *tagger, const int32_t *forms, int64_t count)
{
    int64_t scores = 0;
    bool at = false, lines_up = false;
    for (int64_t i = 0; i < count; i++) {
        lines_up = lines_up || has(tagger, forms[i], IS_RESULT) ||
                   (has(tagger, forms[i], IS_DASH) && i > 0 && i + 1 < count && has(tagger, forms[i - 1], IS_SCORE) &&
                    has(tagger, forms[i + 1], IS_SCORE));
        scores += has(tagger, forms[i], IS_SCORE);
    }
    if (lines_up || is_line_score(tagger, forms, count))
        return true;
    if (count > tagger->settings.short_line)
        return false;
    for (int64_t i = 0; i < count; i++)
        at = at || is_listed(tagger, low_of(tagger, forms[i]), AT);
    return at || scores >= 2;
}

/* Whether two neighbouring names are the sides of one result. */
static bool plays(struct tagger *tagger, const struct span *span, const struct span *after, int64_t first, int64_t last)
{
    const int32_t *forms = tagger->document.forms;
    int64_t between = after->first - span->last;
    if (between < 1)
        return false;
    int32_t link = forms[span->last];
    int32_t low = low_of(tagger, link);
    if (between == 1 && is_listed(tagger, low, AT))
        return span->first == first && after->last == last; /* the fixture "Chicago at Boston" */
    if (is_listed(tagger, low, VERB))
        return between == 1 ||
               (between <= 3 && is_listed(tagger, low_of(tagger, forms[after->first - 1]), LINK | THE));
    bool apart = between == 1 || (between == 2 && has(tagger, forms[span->last + 1], IS_COMMA));
    return apart && has(tagger, low, IS_SCORE) && after->last < last && has(tagger, forms[after->last], IS_SCORE);
}

/* Whether a name stands before nothing but numbers, as a club in a table does. */
static bool is_row(const struct tagger *tagger, const struct span *span, int64_t first, int64_t last)
{
    const int32_t *forms = tagger->document.forms;
    if (span->first != first && !(span->first == first + 2 && has(tagger, forms[first + 1], IS_DOT)))
        return false;
    for (int64_t i = span->last; i < last; i++)
        if (!has(tagger, forms[i], IS_NUMBER))
            return false;
    return last - span->last >= 3;
}

static bool is_country(struct tagger *tagger, const struct span *span)
{
    int32_t row = class_row_of(tagger, tagger->document.forms + span->first, span->last - span->first);
    return row != NONE && tagger->settings.class_row_nevers[row];
}

/* The spans [begin, end) of a sentence with the cities of results as organisations. */
static void name_sides(struct tagger *tagger, int64_t begin, int64_t end, int64_t first, int64_t last)
{
    struct span *spans = tagger->document.spans;
    for (int64_t i = begin; i < end; i++) {
        struct span *span = &spans[i];
        if (span->last - span->first > 1 && has(tagger, tagger->document.forms[span->last - 1], IS_SCORE))
            span->last--; /* the name in "Detroit 5" */
    }
    bool before = is_row(tagger, &spans[begin], first, last);
    for (int64_t i = begin; i < end; i++) {
        bool behind = i + 1 < end && plays(tagger, &spans[i], &spans[i + 1], first, last);
        if ((before || behind) && spans[i].kind == PLACE && !is_country(tagger, &spans[i]))
            spans[i].kind = ORGANISATION;
        before = behind;
    }
}

void name_teams(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    for (int64_t begin = 0, end; begin < document->span_count; begin = end) {
        int32_t sentence = document->spans[begin].sentence;
        end = begin;
        while (end < document->span_count && document->spans[end].sentence == sentence)
            end++;
        int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1];
        if (is_report(tagger, document->forms + first, last - first))
            name_sides(tagger, begin, end, first, last);
    }
}
