/* What the kernels of all files have in common: what they export, and two hints to GCC and Clang. */

#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(_WIN32)
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#define LOWEST_BIT(word) __builtin_ctzll(word)
#else
#define PREFETCH(address) ((void)(address))
static inline int LOWEST_BIT(uint64_t word)
{
    int bit = 0;
    while (!(word >> bit & 1))
        bit++;
    return bit;
}
#endif

#endif
