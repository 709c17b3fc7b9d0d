#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static const int many_descriptors = 65536;

void csandbox_close_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    long most = sysconf(_SC_OPEN_MAX);
    if (most < 0 || most > many_descriptors) most = many_descriptors;
    for (int descriptor = first; descriptor < most; descriptor++) close(descriptor);
}

static int lower(int resource, uint64_t most) {
    struct rlimit limit;
    if (getrlimit(resource, &limit)) return errno;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most) limit.rlim_max = (rlim_t)most;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(resource, &limit) ? errno : 0;
}

int csandbox_limit(const csandbox_limits *limits) {
    int failure = lower(RLIMIT_CORE, 0);
    if (!failure) failure = lower(RLIMIT_FSIZE, 0);
    if (!failure) failure = lower(RLIMIT_NOFILE, limits->descriptors);
#if defined(__linux__)
    if (!failure) failure = lower(RLIMIT_DATA, limits->memory);
#endif
    return failure;
}

int csandbox_limit_cpu(uint64_t seconds) {
    // The signal comes at the lower limit; at the upper one SIGKILL, which tells nothing.
    struct rlimit limit = {.rlim_cur = (rlim_t)seconds, .rlim_max = (rlim_t)seconds + 1};
    return setrlimit(RLIMIT_CPU, &limit) ? errno : 0;
}

void csandbox_go_first(void) {
#if defined(__linux__)
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    // Where it may not be said, nothing is lost.
    if (write(file, "500", 3) != 3) errno = 0;
    close(file);
#endif
}

int csandbox_die_with(pid_t parent) {
#if defined(__linux__)
    if (prctl(PR_SET_PDEATHSIG, SIGKILL)) return errno;
    return getppid() == parent ? 0 : ESRCH;
#else
    return getppid() == parent ? ENOSYS : ESRCH;
#endif
}

int csandbox_may_write_code(void) {
    const size_t length = 4096;
    void *page = mmap(NULL, length, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return 0;
    munmap(page, length);
    return 1;
}

pid_t csandbox_fork(void) {
    pid_t pid = fork();
    return pid < 0 ? -errno : pid;
}

int csandbox_wait(pid_t pid, int *code, int *signal) {
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return errno;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    return 0;
}

void csandbox_die_by(int number) {
    sigset_t set;
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    kill(getpid(), number);
    _exit(128 + number);
}
