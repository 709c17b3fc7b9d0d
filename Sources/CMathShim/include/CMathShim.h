/* Two functions of the C library, so that a program built against a newer glibc runs on that of Amazon Linux 2023.
 *
 * glibc 2.35 gave `hypot` and `hypotf` a new symbol version; whoever links against it wants that version. Amazon Linux 2023
 * has 2.34. A program that brings the two itself wants neither. Nothing has to call or import this: it is enough to link it.
 */
#ifndef CMATHSHIM_H
#define CMATHSHIM_H

#if defined(__GLIBC__)
/* The length of the hypotenuse of a right-angled triangle, without overflow on the way (C17, 7.12.7.3). */
double hypot(double x, double y);
float hypotf(float x, float y);
#endif

#endif
