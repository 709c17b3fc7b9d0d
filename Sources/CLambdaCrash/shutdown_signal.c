#include "CLambdaCrash.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t came;

static void note(int signal) {
    (void)signal;
    came = 1;
}

void lambda_shutdown_hold(void) {
    struct sigaction action;
    // Who listens already goes on.
    if (sigaction(SIGTERM, NULL, &action) != 0 || action.sa_handler != SIG_DFL)
        return;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, NULL);
}

bool lambda_shutdown_came(void) {
    return came != 0;
}
