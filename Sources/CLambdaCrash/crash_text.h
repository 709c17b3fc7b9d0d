#ifndef IMGN_CRASH_TEXT_H
#define IMGN_CRASH_TEXT_H

#include <stddef.h>
#include <stdint.h>

// Text that is put together in a buffer of fixed size; what does not fit is left out. Async-signal-safe.

typedef struct {
    char *start;
    size_t length;
    size_t capacity;
} crash_text;

/// An empty text in a buffer.
crash_text crash_text_in(char *buffer, size_t capacity);
/// Appends a string; it must need no escaping where it goes.
void crash_text_add(crash_text *text, const char *string);
/// Appends a number in decimal, with leading zeros up to a width.
void crash_text_add_decimal(crash_text *text, uint64_t value, int width);
/// Appends a number as 0x….
void crash_text_add_hex(crash_text *text, uint64_t value);
/// Appends the present time as RFC 3339 writes it.
void crash_text_add_now(crash_text *text);

#endif
