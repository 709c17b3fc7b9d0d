#define _GNU_SOURCE
#include "crash_frames.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <ucontext.h>

enum { most_frames = 48 };

// Where the program is in memory; the linker says it.
extern const char __executable_start[] __attribute__((weak));
extern const char etext[] __attribute__((weak));

static int probe[2] = {-1, -1};

void crash_frames_prepare(void) {
    if (probe[0] < 0 && pipe2(probe, O_CLOEXEC | O_NONBLOCK) != 0) probe[0] = probe[1] = -1;
}

// Reads two words of memory that may not be there: the kernel copies them into a pipe, or refuses.
static int read_words(uintptr_t address, uintptr_t words[2]) {
    size_t size = 2 * sizeof(uintptr_t);
    if (probe[1] < 0 || address % sizeof(uintptr_t) != 0) return 0;
    if (write(probe[1], (const void *)address, size) != (ssize_t)size) return 0;
    return read(probe[0], words, size) == (ssize_t)size;
}

static void add_address(crash_text *text, uintptr_t address, int is_first) {
    uintptr_t start = (uintptr_t)__executable_start, end = (uintptr_t)etext;
    crash_text_add(text, is_first ? "\"" : ",\"");
    if (start && start <= address && address < end) {
        crash_text_add(text, "bootstrap+");
        address -= start;
    }
    crash_text_add_hex(text, address);
    crash_text_add(text, "\"");
}

static void registers(void *context, uintptr_t *pc, uintptr_t *frame) {
    ucontext_t *state = context;
#if defined(__x86_64__)
    *pc = (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
    *frame = (uintptr_t)state->uc_mcontext.gregs[REG_RBP];
#elif defined(__aarch64__)
    *pc = (uintptr_t)state->uc_mcontext.pc;
    *frame = (uintptr_t)state->uc_mcontext.regs[29];
#else
    (void)state;
    *pc = *frame = 0;
#endif
}

// Follows the frame pointers, which Swift keeps on both processors; stacks grow downwards, so they must rise.
void crash_frames_add(crash_text *text, void *context) {
    // Swift marks the frames of async functions by this bit of the pointer that they save.
    const uintptr_t async_mark = (uintptr_t)1 << 60;
    uintptr_t pc = 0, frame = 0;
    if (context) registers(context, &pc, &frame);
    crash_text_add(text, "[");
    if (pc) add_address(text, pc, 1);
    for (int count = 1; pc && count < most_frames; count++) {
        uintptr_t words[2];
        frame &= ~async_mark;
        if (!read_words(frame, words) || !words[1]) break;
        // A return address is behind its call: the byte before it belongs to the caller.
        add_address(text, words[1] - 1, 0);
        if ((words[0] & ~async_mark) <= frame) break;
        frame = words[0];
    }
    crash_text_add(text, "]");
}

#else

void crash_frames_prepare(void) {}

void crash_frames_add(crash_text *text, void *context) {
    (void)context;
    crash_text_add(text, "[]");
}

#endif
