#include "CSandbox.h"

#include <errno.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OURS AUDIT_ARCH_X86_64
#else
#define OURS AUDIT_ARCH_AARCH64
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define ALLOW RETURN(SECCOMP_RET_ALLOW)
// Refused as if the kernel had no such call: libraries fall back, or fail, and nothing is opened.
#define REFUSE RETURN(SECCOMP_RET_ERRNO | ENOSYS)
#define IF(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, then, otherwise)
#define IF_ANY(bits, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, then, otherwise)
#define PERMIT(name) IF(SYS_##name, 0, 1), ALLOW

// What <sched.h> calls CLONE_THREAD: the new one is a thread of this process.
#define A_THREAD 0x00010000

static int install(struct sock_filter *steps, unsigned short count) {
    struct sock_fprog program = {.len = count, .filter = steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return errno;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) ? errno : 0;
}

int csandbox_confine(void) {
    struct sock_filter steps[] = {
        LOAD(arch), IF(OURS, 1, 0), RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        // Descriptors that are open.
        PERMIT(read), PERMIT(readv), PERMIT(write), PERMIT(writev), PERMIT(close), PERMIT(fstat), PERMIT(lseek),
        // Memory.
        PERMIT(brk), PERMIT(mmap), PERMIT(munmap), PERMIT(mremap), PERMIT(mprotect), PERMIT(madvise),
        // Threads and their signals.
        PERMIT(futex), PERMIT(set_robust_list), PERMIT(rseq), PERMIT(sched_yield), PERMIT(sched_getaffinity),
        PERMIT(sched_setaffinity), PERMIT(sched_getparam), PERMIT(sched_getscheduler), PERMIT(membarrier),
        PERMIT(rt_sigaction), PERMIT(rt_sigprocmask), PERMIT(rt_sigreturn), PERMIT(sigaltstack),
        PERMIT(restart_syscall), PERMIT(exit), PERMIT(exit_group),
        // What it may know: who it is, what time it is, what it used.
        PERMIT(getpid), PERMIT(gettid), PERMIT(clock_gettime), PERMIT(gettimeofday), PERMIT(clock_nanosleep),
        PERMIT(nanosleep), PERMIT(getrandom), PERMIT(getrusage), PERMIT(sysinfo), PERMIT(uname),
        // A thread's name.
        IF(SYS_prctl, 0, 4), LOAD(args[0]), IF(PR_SET_NAME, 0, 1), ALLOW, REFUSE,
        // Threads, but no processes. clone3 hides its flags from this filter; without it, clone is used.
        IF(SYS_clone, 0, 4), LOAD(args[0]), IF_ANY(A_THREAD, 0, 1), ALLOW, REFUSE,
        // A signal to itself, as abort() sends it.
        IF(SYS_tgkill, 0, 4), LOAD(args[0]), IF((unsigned)getpid(), 0, 1), ALLOW, REFUSE,
        IF(SYS_kill, 0, 4), LOAD(args[0]), IF((unsigned)getpid(), 0, 1), ALLOW, REFUSE,
        REFUSE,
    };
    return install(steps, sizeof steps / sizeof steps[0]);
}

#else

int csandbox_confine(void) { return ENOSYS; }

#endif
