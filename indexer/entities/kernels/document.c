/* What the rest of a document says of its capitalised words, as `document.py` has it. */

#include "tagger.h"

static void add_extra(struct tagger *tagger, int64_t at, int32_t row)
{
    struct document *document = &tagger->document;
    if (row == tagger->model.count)
        return; /* no weights */
    NEED(tagger, document->extras, document->extra_room, document->extra_count + 1);
    document->extras[document->extra_count++] = (struct extra){(int32_t)at, row};
}

/* Adds a feature to those of a word form, which are kept in the order of their keys. */
static void add_habit(struct tagger *tagger, int32_t form, int64_t habit)
{
    struct document *document = &tagger->document;
    const uint32_t *keys = tagger->settings.habit_keys;
    if (habit < 0 || habit >= tagger->settings.habit_count)
        return;
    NEED(tagger, document->links, document->link_room, document->link_count + 1);
    int32_t *place = &here(tagger, form)->habits;
    while (*place != NONE && keys[document->links[*place].value] < keys[habit])
        place = &document->links[*place].next;
    int32_t same = *place;
    while (same != NONE && keys[document->links[same].value] == keys[habit]) {
        if (document->links[same].value == habit)
            return;
        same = document->links[same].next;
    }
    document->links[document->link_count] = (struct link){(int32_t)habit, 0, *place};
    *place = (int32_t)document->link_count++;
}

static void add_flag_habits(struct tagger *tagger, int32_t form, int32_t beside, int64_t base)
{
    const struct settings *settings = &tagger->settings;
    int32_t row = known_of(tagger, plain_of(tagger, low_of(tagger, beside)))->flags;
    if (row == NONE)
        return;
    for (int32_t i = settings->flag_starts[row]; i < settings->flag_starts[row + 1]; i++)
        add_habit(tagger, form, base + settings->flag_rows[i]);
}

static void add_cluster_habit(struct tagger *tagger, int32_t form, int32_t beside, int64_t base)
{
    int32_t cluster = known_of(tagger, beside)->clusters[GRAINS - 1];
    if (cluster != NONE)
        add_habit(tagger, form, base + cluster);
}

/* Features of the words [first, end) of a run of capitals in a sentence of `count` words. */
static void add_run(struct tagger *tagger, const int32_t *forms, int64_t count, int64_t first, int64_t end)
{
    const struct settings *settings = &tagger->settings;
    int32_t nothing = form_of(tagger, NULL, 0);
    int32_t before = first ? plain_of(tagger, low_of(tagger, forms[first - 1])) : nothing;
    int32_t after = end < count ? low_of(tagger, forms[end]) : nothing;
    bool head = has_flag(tagger, plain_of(tagger, low_of(tagger, forms[end - 1])), settings->organisation_flag);
    bool joined = end - first > 1;
    for (int64_t spot = first; spot < end; spot++) {
        int32_t form = forms[spot];
        if (joined)
            here(tagger, form)->here |= SEEN_JOINED;
        else
            here(tagger, form)->alone++;
        if (spot)
            add_habit(tagger, form, MID);
        if (joined)
            add_habit(tagger, form, spot == first ? FIRST : spot == end - 1 ? LAST : MIDDLE);
        if (spot > first) {
            add_flag_habits(tagger, form, forms[spot - 1], settings->habit_flag_before);
        } else {
            if (has_flag(tagger, before, settings->title_flag))
                add_habit(tagger, form, AFTER_TITLE);
            if (known_of(tagger, before)->place_word != NONE)
                add_habit(tagger, form, settings->habit_in + known_of(tagger, before)->place_word);
            else if (is_listed(tagger, before, THE))
                add_habit(tagger, form, AFTER_THE);
            add_cluster_habit(tagger, form, before, settings->habit_before);
        }
        if (spot + 1 < end)
            add_flag_habits(tagger, form, forms[spot + 1], settings->habit_flag_after);
        if (head)
            add_habit(tagger, form, BEFORE_HEAD);
        if (spot == end - 1) {
            add_cluster_habit(tagger, form, after, settings->habit_after);
            if (is_listed(tagger, after, SAY_WORD))
                add_habit(tagger, form, BEFORE_SAID);
            else if (is_listed(tagger, after, POSSESSIVE))
                add_habit(tagger, form, OWNS);
        }
    }
}

/* Marks the word of the document that the first letters of a run spell, if it is there. */
static void mark_initials(struct tagger *tagger, const int32_t *forms, int64_t count)
{
    NEED(tagger, tagger->scratch, tagger->scratch_room, count);
    for (int64_t i = 0; i < count; i++)
        tagger->scratch[i] = letters_of(tagger, forms[i])[0];
    int32_t form = find_string(&tagger->forms.strings, tagger->scratch, count, hash_of(tagger->scratch, count));
    if (form != NONE)
        here(tagger, form)->here |= IS_INITIALS;
}

/* How the capitalised words of a sentence are used. */
static void add_habits(struct tagger *tagger, const int32_t *forms, int64_t count)
{
    for (int64_t place = 0, end; place < count; place = end) {
        end = place + 1;
        if (!(marks_of(tagger, forms[place]) & FIRST_UPPER))
            continue;
        if (!place && caps_of(tagger, low_of(tagger, forms[0])) <= tagger->settings.usually_lower)
            continue; /* "In Paris" is no run of two */
        while (end < count && marks_of(tagger, forms[end]) & FIRST_UPPER)
            end++;
        add_run(tagger, forms, count, place, end);
        if (end - place > 1)
            mark_initials(tagger, forms + place, end - place);
    }
}

/* Features of a listed name: its class on each of its words and on the words beside it. */
static void add_phrase_flags(struct tagger *tagger, const struct phrase *phrase, int64_t first, int64_t last)
{
    const struct settings *settings = &tagger->settings;
    for (int32_t i = settings->class_starts[phrase->row]; i < settings->class_starts[phrase->row + 1]; i++) {
        const int32_t *rows = tagger->model.class_rows + 5 * settings->class_rows[i];
        for (int32_t place = phrase->first; place < phrase->last; place++)
            add_extra(tagger, place, phrase->last - phrase->first == 1 ? rows[0] : place == phrase->first ? rows[1] : rows[2]);
        if (phrase->first > first)
            add_extra(tagger, phrase->first - 1, rows[3]);
        if (phrase->last < last)
            add_extra(tagger, phrase->last, rows[4]);
    }
}

static void add_word_flags(struct tagger *tagger, int64_t at)
{
    struct document *document = &tagger->document;
    int32_t form = document->forms[at];
    int32_t low = low_of(tagger, form);
    struct form *item = here(tagger, form);
    for (int32_t link = item->habits; link != NONE; link = document->links[link].next)
        add_extra(tagger, at, tagger->model.habit_rows[document->links[link].value]);
    if (here(tagger, low)->here & SEEN_LOWER)
        add_extra(tagger, at, tagger->model.lower_row);
    if (item->here & IS_INITIALS && length_of(tagger, form) > 1)
        add_extra(tagger, at, tagger->model.initials_row);
}

/* `document_flags`: the rows of weights that the document adds to its words, in the order in which it names them. */
void add_flags(struct tagger *tagger)
{
    struct document *document = &tagger->document;
    const struct settings *settings = &tagger->settings;
    NEED(tagger, document->loud, document->loud_room, document->sentences);
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        const int32_t *forms = document->forms + document->firsts[sentence];
        int64_t count = document->firsts[sentence + 1] - document->firsts[sentence];
        document->loud[sentence] = is_headline(tagger, forms, count, capitals_in(tagger, forms, count));
        for (int64_t i = 0; i < count; i++)
            if (marks_of(tagger, forms[i]) & IS_LOWER)
                here(tagger, forms[i])->here |= SEEN_LOWER;
        if (!document->loud[sentence])
            add_habits(tagger, forms, count);
    }
    /* People are introduced by their full names; what never stands beside another capital is seldom one. */
    for (int64_t i = 0; document->sentences >= settings->enough_sentences && i < document->count; i++) {
        struct form *item = here(tagger, document->forms[i]);
        if (item->alone && !(item->here & SEEN_JOINED)) {
            int64_t habit = item->alone < settings->often ? ALONE : ALONE_OFTEN;
            add_habit(tagger, document->forms[i], habit);
        }
    }
    int64_t phrase = 0;
    for (int64_t sentence = 0; sentence < document->sentences; sentence++) {
        int64_t first = document->firsts[sentence], last = document->firsts[sentence + 1];
        for (int64_t at = first; document->loud[sentence] && at < last; at++)
            add_extra(tagger, at, tagger->model.headline_row);
        for (; phrase < document->phrase_count && document->phrases[phrase].first < last; phrase++)
            add_phrase_flags(tagger, &document->phrases[phrase], first, last);
        for (int64_t at = first; at < last; at++)
            if (marks_of(tagger, document->forms[at]) & FIRST_UPPER)
                add_word_flags(tagger, at);
    }
}
