/* Labels of one segment looked up among those of another. `labels.py` calls it and does the same in Python. Rules as in
 * `search.c`. */

#include "kernels.h"

/* For each of `count` strings its number among `others` others, -1 where it is none of them; both ascend. String n is
 * `data[offsets[n]..offsets[n + 1]]`. Gives how many are found, or -1. */
API int64_t match_strings(const uint8_t *data, int64_t size, const uint32_t *offsets, int64_t count,
                          const uint8_t *other_data, int64_t other_size, const uint32_t *other_offsets, int64_t others,
                          int64_t *found)
{
    int64_t at = 0, number = 0, matched = 0;
    while (number < count) {
        int64_t start = offsets[number], length = (int64_t)offsets[number + 1] - start;
        if (length < 0 || start + length > size)
            return -1;
        if (at == others) {
            found[number++] = -1;
            continue;
        }
        int64_t other = other_offsets[at], other_length = (int64_t)other_offsets[at + 1] - other;
        if (other_length < 0 || other + other_length > other_size)
            return -1;
        int order = memcmp(data + start, other_data + other, (size_t)(length < other_length ? length : other_length));
        if (order == 0)
            order = (length > other_length) - (length < other_length);
        if (order > 0) {
            at++;
            continue;
        }
        matched += order == 0;
        found[number++] = order == 0 ? at++ : -1;
    }
    return matched;
}
