#ifndef IMGN_LAMBDA_CRASH_H
#define IMGN_LAMBDA_CRASH_H

#include <stdbool.h>

// Tells Lambda and its log of a crash, from within the signal that ends the process.
//
// Everything that runs in the signal is async-signal-safe: no memory is allocated, no lock is taken, nothing of Swift
// is touched. That is why this part is C. See docs/decisions/0013-crashes-are-told-from-the-signal.md.

/// How many invocations can be told of; Lambda's managed instances run at most so many at once in a process.
#define LAMBDA_CRASH_SLOTS 1000
/// The longest request id, without its end.
#define LAMBDA_CRASH_ID_LENGTH 128

/// Begins to watch for SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV and SIGFPE, and for `exit` in the midst of work.
///
/// \param address The IP address of the Runtime API; one that is none (or NULL) means that only the log is told.
/// \param port Its port.
/// \returns 0, or an `errno`.
int lambda_crash_install(const char *address, int port);

/// Notes that the program has begun to ask for events; before that a crash is a failed initialization.
void lambda_crash_initialized(void);

/// Notes what a worker is about.
///
/// \param slot The worker's number, from 0.
/// \param request_id The invocation it works on; NULL for none.
void lambda_crash_note(int slot, const char *request_id);

/// Gives the calling thread a stack for the signal, so that a stack that overflowed can be told of too.
void lambda_crash_cover_thread(void);

/// Keeps SIGTERM from ending the process, until somebody listens for it.
void lambda_shutdown_hold(void);

/// Whether SIGTERM came while it was held back.
bool lambda_shutdown_came(void);

#endif
