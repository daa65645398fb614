/* From the text of a document to spans of names: what `crf.py` and the modules it calls do in Python, which say what each
 * step means. `native.py` calls this. Nothing of a language is compiled in: word lists, weights, classes of characters and
 * every threshold come from Python's tables in `struct settings`.
 *
 * A tagger is one `struct tagger`; it is used by one thread at a time. Text is code points. Memory that cannot be had is
 * a jump to the function that Python called, which returns -1 and leaves a tagger that can be used again. */

#ifndef BROADSHEET_TAGGER_H
#define BROADSHEET_TAGGER_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t letter; /* a code point */

#define FIRST_SELECTOR 0xe0000
#define LAST_SELECTOR 0xe0fff

#define NONE (-1)
#define GRAINS 3  /* clusters of a word */
#define OFFSETS 5 /* places that a word is seen from: two before it to two behind it */
#define FILTER_BITS 22
#define HASHES 3  /* what pairs of neighbours are made of: word, shape, kin */

/* Classes of characters: those of Python's methods and `re`, and those of the constants of `tokenise.py`. */
enum {
    WORD = 1, SPACE = 2, DECIMAL = 4, ALPHA = 8, UPPER = 16, LOWER = 32, TITLE = 64, DIGIT = 128, IGNORABLE = 256,
    IDEOGRAPH = 512, ENDER = 1024, CLOSER = 2048, OPENER = 4096, QUOTE = 8192, DASH = 16384
};

/* Word lists that a word may be in. */
enum {
    NO_STOP = 1, STARTER = 2, ACRONYM = 4, SAY_WORD = 8, THE = 16, POSSESSIVE = 32, VERB = 64, LINK = 128, AT = 256
};

/* Features of a name in a document that have no number of their own. */
enum { MID, FIRST, LAST, MIDDLE, AFTER_TITLE, AFTER_THE, BEFORE_HEAD, BEFORE_SAID, OWNS, ALONE, ALONE_OFTEN };

/* Strings, one behind the other, a line feed behind each. */
struct lines {
    const letter *text;
    int64_t size;
};

/* What Python hands over; `native.py` has the same. Arrays belong to Python and live as long as the tagger, but for the
 * weights, which are copied, and the strings. */
struct settings {
    const uint16_t *classes;
    int64_t class_count; /* behind these, the selectors */
    const letter *lower; /* 0: `longer` has it */
    int64_t lower_count;
    const letter *longer, *titles; /* rows of four: a code point and up to three that it becomes, 0 behind them */
    int64_t longer_count, title_count;

    struct lines abbreviations, particles, clitics, inner_clitics, domains, elisions, flag_names;
    const int32_t *flag_rows, *class_rows; /* row i of flags or classes is [starts[i], starts[i + 1]) */
    const int32_t *flag_starts, *class_starts;
    const int8_t *class_row_kinds, *class_row_nevers;
    int64_t title_flag, organisation_flag;

    const uint32_t *habit_keys; /* key of each feature that a document gives a name, by number */
    int64_t habit_count, habit_in, habit_before, habit_after, habit_flag_before, habit_flag_after;
    const uint32_t *class_keys; /* five for each class: alone, first, inside, before, behind */
    int64_t class_key_count, headline_key, lower_key, initials_key;

    const uint32_t *keys;
    const float *emission;
    int64_t key_count, label_count;
    const float *transition, *start, *end;
    const int8_t *label_marks, *label_kinds;
    const int32_t *pairs; /* rows of seven: how many parts, then hash and offset of each */
    const uint64_t *multipliers;
    int64_t pair_count;

    int64_t max_sentence, max_forms, gap, headline_capitals, min_letters, common, capitalised, unknown_caps, usually_lower,
        enough_sentences, often, listed_capitalised, shortest_listed, longest_repeat, line_score, short_line;
};

struct string {
    uint32_t at, length, hash;
};

struct slot {
    uint32_t hash;
    int32_t number;
};

/* Distinct strings and their numbers. */
struct strings {
    letter *letters;
    int64_t used, room;
    struct string *items;
    int64_t count, item_room;
    struct slot *slots;
    int64_t slot_count; /* a power of two */
};

/* What the lexicon has on a word. */
struct known {
    int32_t clusters[GRAINS]; /* finest first, NONE three times where there is none */
    int32_t flags;            /* row of flags or NONE */
    int32_t place_word;       /* number among the words that stand before a place, or NONE */
    uint32_t lists;
    int16_t caps, longest;
};

struct lexicon {
    struct strings words, phrases;
    struct known *known;
    int64_t known_room;
    int32_t *phrase_rows;
    int64_t phrase_room;
};

/* What a word form is, whatever document it is in. */
enum {
    FIRST_UPPER = 1, FIRST_ALPHA = 2, FIRST_LOWER = 4, IS_UPPER = 8, IS_LOWER = 16, IS_ALPHA = 32, CAPITAL = 64, HAS_DOT = 128,
    IS_SCORE = 256, IS_RESULT = 512, IS_NUMBER = 1024, IS_DASH = 2048, IS_COMMA = 4096, IS_DOT = 8192
};
/* What it is in the document at hand. */
enum { SEEN_LOWER = 1, SEEN_JOINED = 2, IS_INITIALS = 4, IS_WANTED = 8, IS_SURNAME = 16 };

struct form {
    int32_t low, plain; /* in lower case; without dots at its end; NONE until asked */
    int32_t known;      /* in the lexicon or NONE */
    int32_t row;        /* of scores, NONE until asked */
    uint32_t hashes[HASHES];
    uint32_t marks;
    uint32_t document; /* the one that what follows is of */
    uint32_t here;
    int32_t habits, usage; /* first of a list or NONE */
    int32_t alone, leads;
};

struct forms {
    struct strings strings;
    struct form *items;
    int64_t room;
    float *scores; /* OFFSETS rows of `lanes` for each form that was scored */
    int64_t score_count, score_room;
};

struct model {
    int64_t labels, lanes; /* lanes: labels, rounded up to a multiple of four */
    int64_t count;
    struct slot *slots;
    int shift;
    uint64_t *filter; /* a bit for the first FILTER_BITS bits of each key: most keys that are asked for are unknown */
    float *emission; /* a row of zeros behind the last */
    float *transition, *start, *end;
    int32_t *habit_rows, *class_rows;
    int32_t headline_row, lower_row, initials_row;
};

struct span {
    int32_t sentence, first, last, kind;
};

struct phrase {
    int32_t first, last, row; /* tokens of the document */
};

struct extra {
    int32_t at, row;
};

/* A value in a list that hangs on a word form. */
struct link {
    int32_t value, count, next;
};

/* A name of the document, for `agree`. */
struct name {
    int32_t first, length, kind, total;
    int32_t counts[3];
    bool confident;
};

struct document {
    uint32_t number;
    int32_t *starts, *lengths, *forms; /* of each word; of a field that is being cut, the hash stands for the form */
    int64_t count, word_room[3];
    int32_t *firsts, *fields; /* first word of each sentence, and one more behind the last */
    int64_t sentences, sentence_room[2];
    struct phrase *phrases;
    int64_t phrase_count, phrase_room;
    struct extra *extras;
    int64_t extra_count, extra_room;
    struct link *links;
    int64_t link_count, link_room;
    uint8_t *loud; /* of each sentence, then of each word */
    int64_t loud_room;
    int32_t *extra_firsts, *extra_rows;
    int64_t extra_first_room, extra_row_room;
    float *scores; /* of all stretches, one behind the other */
    int64_t score_count, score_room;
    uint8_t *back;
    int64_t back_room;
    struct span *spans, *others;
    int64_t span_count, span_room, other_count, other_room;
    struct name *names;
    int64_t name_count, name_room;
    int32_t *name_slots;
    int64_t name_slot_room;
    int32_t *rows;
    int64_t rows_room;
    int32_t *found;
    int64_t found_room;
};

struct word_list {
    struct string *items;
    letter *letters;
    int64_t count;
    uint8_t starts[128]; /* whether a word starts with this ASCII letter */
};

struct tagger {
    jmp_buf failed;
    struct settings settings;
    struct word_list abbreviations, particles, clitics, inner_clitics, domains, elisions, flag_names;
    uint32_t crc[256];
    struct lexicon lexicon;
    struct forms forms;
    struct model model;
    struct document document;
    letter *scratch, *joined;
    int64_t scratch_room, joined_room;
    uint8_t *bytes;
    int64_t byte_room;
};

void *grown(struct tagger *tagger, void *old, int64_t *room, int64_t needed, size_t size);
void *copied(struct tagger *tagger, const void *source, int64_t count, size_t size);
#define NEED(tagger, array, room, needed) ((array) = grown(tagger, array, &(room), needed, sizeof *(array)))

/* strings.c */
uint64_t hash_step(uint64_t hash, letter next);
uint32_t hash_end(uint64_t hash);
uint32_t hash_of(const letter *text, int64_t length);
int32_t find_string(const struct strings *strings, const letter *text, int64_t length, uint32_t hash);
void expect_string(const struct strings *strings, uint32_t hash);
int32_t add_string(struct tagger *tagger, struct strings *strings, const letter *text, int64_t length, uint32_t hash);
void forget_strings(struct strings *strings);
void free_strings(struct strings *strings);
int64_t lowered(const struct settings *settings, const letter *text, int64_t length, letter *out);
int64_t titled(const struct settings *settings, letter first, letter *out);

static inline uint32_t class_of(const struct settings *settings, letter c)
{
    if (c < settings->class_count)
        return settings->classes[c];
    return c >= FIRST_SELECTOR && c <= LAST_SELECTOR ? settings->classes[settings->class_count + (c - FIRST_SELECTOR)] : 0;
}

/* lexicon.c */
const struct known *known_of(const struct tagger *tagger, int32_t form);
int caps_of(const struct tagger *tagger, int32_t form);
bool has_flag(const struct tagger *tagger, int32_t form, int64_t flag);
bool is_listed(const struct tagger *tagger, int32_t form, uint32_t list);
int32_t phrase_at(struct tagger *tagger, const int32_t *forms, int64_t place, int64_t count, int32_t *row);
int32_t class_row_of(struct tagger *tagger, const int32_t *forms, int64_t count);

/* forms.c */
int32_t form_of(struct tagger *tagger, const letter *text, int64_t length);
int32_t form_with(struct tagger *tagger, const letter *text, int64_t length, uint32_t hash);
int32_t low_of(struct tagger *tagger, int32_t form);
int32_t plain_of(struct tagger *tagger, int32_t form);
struct form *here(struct tagger *tagger, int32_t form);
void forget_forms(struct tagger *tagger);
static inline uint32_t marks_of(const struct tagger *tagger, int32_t form)
{
    return tagger->forms.items[form].marks;
}
static inline int64_t length_of(const struct tagger *tagger, int32_t form)
{
    return tagger->forms.strings.items[form].length;
}
static inline const letter *letters_of(const struct tagger *tagger, int32_t form)
{
    return tagger->forms.strings.letters + tagger->forms.strings.items[form].at;
}

/* features.c */
int32_t scores_of(struct tagger *tagger, int32_t form);

#if defined(__GNUC__)
#define SOON(address) __builtin_prefetch(address)
#else
#define SOON(address) (void)(address)
#endif

/* model.c */
void build_model(struct tagger *tagger);
int32_t row_of(const struct model *model, uint32_t key);
static inline bool may_have(const struct model *model, uint32_t key)
{
    uint32_t bit = key >> (32 - FILTER_BITS);
    return model->filter[bit / 64] >> bit % 64 & 1;
}
void sum_rows(const struct model *model, const int32_t *rows, int64_t count, float *out);

/* The steps, each over `tagger->document`. */
void begin_document(struct tagger *tagger);
void add_word(struct tagger *tagger, int64_t start, int64_t length, int32_t form);
void end_sentence(struct tagger *tagger, int32_t field);
bool is_headline(const struct tagger *tagger, const int32_t *forms, int64_t count, int64_t capitals);
int64_t capitals_in(const struct tagger *tagger, const int32_t *forms, int64_t count);
void cut_field(struct tagger *tagger, const letter *text, int64_t size, int32_t field, bool eliding, int64_t *left);
void truecase(struct tagger *tagger);
void find_phrases(struct tagger *tagger);
void add_flags(struct tagger *tagger);
void decode(struct tagger *tagger);
void add_span(struct tagger *tagger, int32_t sentence, int64_t first, int64_t last, int32_t kind);
void put_span(struct tagger *tagger, struct span span);
void swap_spans(struct tagger *tagger);
void keep_listed(struct tagger *tagger);
void name_teams(struct tagger *tagger);
void agree(struct tagger *tagger);

#if defined(_WIN32)
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

#endif
