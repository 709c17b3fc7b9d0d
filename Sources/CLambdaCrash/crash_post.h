#ifndef IMGN_CRASH_POST_H
#define IMGN_CRASH_POST_H

#include "crash_text.h"

/// Notes where the Runtime API listens; nothing is sent when the address is none.
void crash_post_prepare(const char *address, int port);

/// Sends an error to the Runtime API and waits for its answer, each for a second at most. Async-signal-safe.
///
/// \param request_id The invocation; NULL for the initialization.
/// \param type The error's type.
/// \param body Its JSON document.
void crash_post(const char *request_id, const char *type, const crash_text *body);

#endif
