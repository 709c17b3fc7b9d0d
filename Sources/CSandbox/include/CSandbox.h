#ifndef IMGN_CSANDBOX_H
#define IMGN_CSANDBOX_H

// What a process gives up before it meets hostile bytes, and what Swift lets no program call: fork.
//
// Functions that return an int return 0, or an `errno`; ENOSYS where the system has no such thing.

#include <stdint.h>
#include <sys/types.h>

/// What a process may use from now on, and all that it forks.
typedef struct {
    /// Bytes of memory it may write to, mapped or allocated (Linux; elsewhere not limited).
    uint64_t memory;
    /// File descriptors at once, those that are open included.
    uint64_t descriptors;
} csandbox_limits;

/// Closes every descriptor from `first` on.
void csandbox_close_from(int first);

/// Lowers the limits for good. Files it writes may have no bytes, and it leaves no core.
int csandbox_limit(const csandbox_limits *limits);

/// Lets the process use so many seconds of processor time; then SIGXCPU ends it.
int csandbox_limit_cpu(uint64_t seconds);

/// Asks a system that runs out of memory to end this process, and those it forks, before others (Linux).
void csandbox_go_first(void);

/// Ends this process as soon as the one that forked it ends.
int csandbox_die_with(pid_t parent);

/// Forbids the calling process, for good, everything that turning bytes into pixels does not need: files, network,
/// programs, other processes. Memory, threads, and descriptors that are open stay usable. Refused calls fail with ENOSYS.
///
/// Linux on x86-64 and arm64; call it when all libraries are loaded.
int csandbox_confine(void);

/// Whether the process may write code and run it, as compilers in libraries do: hardened systems forbid that.
int csandbox_may_write_code(void);

/// As fork(2), which Swift does not import: only for a process with one thread.
///
/// \returns 0 in the child, the child's id in the parent, or a negative `errno`.
pid_t csandbox_fork(void);

/// Waits for a child.
///
/// \param pid The child.
/// \param code Its exit code, if it ended by itself.
/// \param signal The signal that ended it; 0 for none.
int csandbox_wait(pid_t pid, int *code, int *signal);

/// Ends this process by a signal, as the child was ended.
void csandbox_die_by(int signal);

#endif
