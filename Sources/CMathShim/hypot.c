#include <math.h>

#include "CMathShim.h"

#if defined(__GLIBC__)

/* An infinite side makes the hypotenuse infinite, even beside one that is no number (C17, F.10.4.3). */

double hypot(double x, double y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    long double a = x, b = y;
    return (double)sqrtl(a * a + b * b);
}

float hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    double a = x, b = y;
    return (float)sqrt(a * a + b * b);
}

#endif
