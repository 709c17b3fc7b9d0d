#include "crash_text.h"

#include <time.h>

crash_text crash_text_in(char *buffer, size_t capacity) {
    return (crash_text){.start = buffer, .length = 0, .capacity = capacity};
}

static void add_character(crash_text *text, char character) {
    if (text->length < text->capacity) text->start[text->length++] = character;
}

void crash_text_add(crash_text *text, const char *string) {
    while (*string) add_character(text, *string++);
}

static void add_digits(crash_text *text, uint64_t value, unsigned base, int width) {
    char digits[64];
    int count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value && count < (int)sizeof digits);
    while (count < width && count < (int)sizeof digits) digits[count++] = '0';
    while (count) add_character(text, digits[--count]);
}

void crash_text_add_decimal(crash_text *text, uint64_t value, int width) {
    add_digits(text, value, 10, width);
}

void crash_text_add_hex(crash_text *text, uint64_t value) {
    crash_text_add(text, "0x");
    add_digits(text, value, 16, 1);
}

// Years that begin on the first of March, so that leap days come last. `gmtime_r` may take a lock.
void crash_text_add_now(crash_text *text) {
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seconds = now.tv_sec > 0 ? (uint64_t)now.tv_sec : 0;
    uint64_t days = seconds / 86400 + 719468, of_day = seconds % 86400;
    uint64_t cycle = days / 146097, of_cycle = days % 146097;
    uint64_t year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
    uint64_t of_year = of_cycle - (365 * year + year / 4 - year / 100);
    uint64_t march = (5 * of_year + 2) / 153;
    uint64_t month = march < 10 ? march + 3 : march - 9;
    crash_text_add_decimal(text, cycle * 400 + year + (month <= 2), 4);
    crash_text_add(text, "-");
    crash_text_add_decimal(text, month, 2);
    crash_text_add(text, "-");
    crash_text_add_decimal(text, of_year - (153 * march + 2) / 5 + 1, 2);
    crash_text_add(text, "T");
    crash_text_add_decimal(text, of_day / 3600, 2);
    crash_text_add(text, ":");
    crash_text_add_decimal(text, of_day / 60 % 60, 2);
    crash_text_add(text, ":");
    crash_text_add_decimal(text, of_day % 60, 2);
    crash_text_add(text, ".");
    crash_text_add_decimal(text, (uint64_t)now.tv_nsec / 1000000, 3);
    crash_text_add(text, "Z");
}
