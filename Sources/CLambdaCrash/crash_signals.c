#define _GNU_SOURCE
#include "CLambdaCrash.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "crash_frames.h"
#include "crash_post.h"
#include "crash_text.h"

typedef struct {
    int number;
    const char *type;
    const char *message;
} crash_kind;

#define SAID "; if it said why, that stands in the log right before"

static const crash_kind watched[] = {
    {SIGILL, "Function.Trap", "the process crashed with SIGILL: a check in the program failed" SAID},
    {SIGTRAP, "Function.Trap", "the process crashed with SIGTRAP: a check in the program failed" SAID},
    {SIGABRT, "Function.Abort", "the process crashed with SIGABRT: the program gave up" SAID},
    {SIGBUS, "Function.BadAccess", "the process crashed with SIGBUS: memory was used that is not there" SAID},
    {SIGSEGV, "Function.BadAccess", "the process crashed with SIGSEGV: memory was used that is not there" SAID},
    {SIGFPE, "Function.BadArithmetic", "the process crashed with SIGFPE: a number could not be computed" SAID},
};
static const crash_kind exit_kind = {0, "Function.Exit", "the program called exit while it handled an event"};
enum { signal_count = sizeof watched / sizeof watched[0], signal_stack_size = 64 * 1024 };

typedef struct {
    atomic_int is_used;
    char request_id[LAMBDA_CRASH_ID_LENGTH + 1];
} crash_slot;

static crash_slot slots[LAMBDA_CRASH_SLOTS];
static struct sigaction earlier[signal_count];
static atomic_int is_initialized;
static atomic_flag is_reporting = ATOMIC_FLAG_INIT;
static char log_buffer[8192], body_buffer[8192];

static void write_all(const char *bytes, size_t length) {
    while (length) {
        ssize_t written = write(STDERR_FILENO, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void write_log(const crash_kind *what, const char *request_id, void *context) {
    crash_text line = crash_text_in(log_buffer, sizeof log_buffer - 3);
    crash_text_add(&line, "{\"timestamp\":\"");
    crash_text_add_now(&line);
    crash_text_add(&line, "\",\"level\":\"FATAL\",\"message\":\"");
    crash_text_add(&line, what->message);
    if (request_id) {
        crash_text_add(&line, "\",\"requestId\":\"");
        crash_text_add(&line, request_id);
    }
    crash_text_add(&line, "\",\"errorType\":\"");
    crash_text_add(&line, what->type);
    crash_text_add(&line, "\",\"stackTrace\":");
    crash_frames_add(&line, context);
    crash_text_add(&line, "}\n");
    write_all(line.start, line.length);
}

static void post(const crash_kind *what, const char *request_id, void *context) {
    crash_text body = crash_text_in(body_buffer, sizeof body_buffer);
    crash_text_add(&body, "{\"errorType\":\"");
    crash_text_add(&body, what->type);
    crash_text_add(&body, "\",\"errorMessage\":\"");
    crash_text_add(&body, what->message);
    crash_text_add(&body, "\",\"stackTrace\":");
    crash_frames_add(&body, context);
    crash_text_add(&body, "}");
    crash_post(request_id, what->type, &body);
}

// One invocation after the other: on a managed instance the crash of one takes all others with it.
static int report_invocations(const crash_kind *what, void *context) {
    int told = 0;
    for (int slot = 0; slot < LAMBDA_CRASH_SLOTS; slot++) {
        if (!atomic_load(&slots[slot].is_used)) continue;
        write_log(what, slots[slot].request_id, context);
        post(what, slots[slot].request_id, context);
        told++;
    }
    return told;
}

static void report(const crash_kind *what, void *context) {
    if (report_invocations(what, context)) return;
    write_log(what, NULL, context);
    if (!atomic_load(&is_initialized)) post(what, NULL, context);
}

// Who watched before us has its say too; that is Swift's backtracer, where somebody turned it on.
static void hand_on(const struct sigaction *action, int number, siginfo_t *info, void *context) {
    if (action->sa_flags & SA_SIGINFO)
        action->sa_sigaction(number, info, context);
    else if (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN)
        action->sa_handler(number);
}

// All signals are blocked in here, so a fault of our own ends the process at once.
static void handle(int number, siginfo_t *info, void *context) {
    // A second thread that crashes waits for the end that the first one brings.
    if (atomic_flag_test_and_set(&is_reporting))
        for (;;) pause();
    for (int index = 0; index < signal_count; index++) {
        if (watched[index].number != number) continue;
        report(&watched[index], context);
        hand_on(&earlier[index], number, info, context);
    }
    // Delivered as soon as this returns: the platform sees which signal it was.
    signal(number, SIG_DFL);
    raise(number);
}

static void report_exit(void) {
    if (!atomic_flag_test_and_set(&is_reporting)) report_invocations(&exit_kind, NULL);
}

int lambda_crash_install(const char *address, int port) {
    static atomic_flag is_installed = ATOMIC_FLAG_INIT;
    crash_post_prepare(address, port);
    if (atomic_flag_test_and_set(&is_installed)) return 0;
    crash_frames_prepare();
    lambda_crash_cover_thread();
    atexit(report_exit);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (int index = 0; index < signal_count; index++)
        if (sigaction(watched[index].number, &action, &earlier[index]) != 0) return errno;
    return 0;
}

void lambda_crash_initialized(void) {
    atomic_store(&is_initialized, 1);
}

void lambda_crash_note(int slot, const char *request_id) {
    if (slot < 0 || slot >= LAMBDA_CRASH_SLOTS) return;
    atomic_store(&slots[slot].is_used, 0);
    if (!request_id || strlen(request_id) > LAMBDA_CRASH_ID_LENGTH) return;
    strcpy(slots[slot].request_id, request_id);
    atomic_store(&slots[slot].is_used, 1);
}

void lambda_crash_cover_thread(void) {
    static _Thread_local int is_covered;
    if (is_covered) return;
    is_covered = 1;
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
    void *memory = mmap(NULL, signal_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t stack = {.ss_sp = memory, .ss_size = signal_stack_size, .ss_flags = 0};
    if (sigaltstack(&stack, NULL) != 0) munmap(memory, signal_stack_size);
}
