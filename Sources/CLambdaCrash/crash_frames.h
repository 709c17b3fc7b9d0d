#ifndef IMGN_CRASH_FRAMES_H
#define IMGN_CRASH_FRAMES_H

#include "crash_text.h"

/// Opens what reading a broken stack takes; to be called once, outside of a signal.
void crash_frames_prepare(void);

/// Appends the addresses of a signal's stack as a JSON array of strings, `["bootstrap+0x1a2b", …]`.
///
/// Addresses within the program are offsets from its start: `llvm-symbolizer --obj=bootstrap 0x1a2b` names them.
///
/// \param context What the signal's handler got as its third argument; NULL for an empty array.
void crash_frames_add(crash_text *text, void *context);

#endif
