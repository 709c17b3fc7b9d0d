#ifndef IMGN_CVIPS_H
#define IMGN_CVIPS_H

// libvips as far as imgn uses it, opened while the program runs and not linked.
//
// libvips's functions take a variable number of arguments, which Swift cannot call; each function here passes them on
// and does nothing else. Where one returns an int, 0 is success and anything else a failure that `cvips_error` tells.
// See docs/decisions/0024-libvips-is-opened-in-the-worker-only.md.

#include <stddef.h>

/// A picture of libvips; released by `cvips_release`.
typedef struct _VipsImage cvips_image;

/// The formats that may be loaded.
typedef enum { CVIPS_JPEG, CVIPS_PNG, CVIPS_WEBP, CVIPS_GIF, CVIPS_HEIF, CVIPS_TIFF } cvips_format;

/// Opens the library under one name, and starts it; a second call that finds it open does nothing.
///
/// \param name A file name for the dynamic linker, `libvips.so.42` say.
int cvips_open(const char *name);

/// What the last failure was, in the library's or the linker's words; valid until the next call. Forgets it.
const char *cvips_error(void);

/// A part of the library's version: 0 is major, 1 minor, 2 micro.
int cvips_version(int part);

/// Forbids or allows an operation and all that derive from it, by the name of its class.
void cvips_block(const char *operation, int blocked);

/// Reads a header; pixels are decoded as they are asked for, from top to bottom, and any error in them is a failure.
///
/// \param bytes The file; must stay until the picture is released.
/// \param shrink For JPEG: 1, 2, 4 or 8 times smaller. Others ignore it.
/// \param scale For WebP: a factor of at most 1. Others ignore it.
int cvips_load(cvips_format format, const void *bytes, size_t length, int shrink, double scale, cvips_image **out);

/// Gives a picture back.
void cvips_release(cvips_image *image);

/// Its pixels from left to right, as stored.
int cvips_width(const cvips_image *image);
/// Its pixels from top to bottom, as stored.
int cvips_height(const cvips_image *image);
/// Its channels, alpha included.
int cvips_bands(const cvips_image *image);
/// Whether the last channel is alpha.
int cvips_has_alpha(cvips_image *image);

/// Whether the picture carries a field of that name.
int cvips_has_field(const cvips_image *image, const char *name);
/// A field that is a number.
int cvips_get_int(const cvips_image *image, const char *name, int *value);
/// Sets a field that is a number; only for a picture that `cvips_copy` made.
void cvips_set_int(cvips_image *image, const char *name, int value);
/// Removes a field; only for a picture that `cvips_copy` made.
void cvips_remove(cvips_image *image, const char *name);
/// The names of all fields, with a NULL behind them; freed by `cvips_free_names`.
char **cvips_fields(const cvips_image *image);
/// Frees what `cvips_fields` gave.
void cvips_free_names(char **names);

/// The same pixels with fields of its own.
int cvips_copy(cvips_image *in, cvips_image **out);
/// Computes all pixels, into memory.
int cvips_into_memory(cvips_image *in, cvips_image **out);
/// Upright and in 8 bits, at most so wide, never enlarged.
///
/// \param profile The profile to convert colors to, from the one inside the picture; NULL to convert by color space.
int cvips_thumbnail(cvips_image *in, int width, const char *profile, cvips_image **out);
/// Lays a transparent picture on white.
int cvips_flatten(cvips_image *in, cvips_image **out);
/// Three channels of 8 bits, or four with alpha.
int cvips_to_srgb(cvips_image *in, cvips_image **out);

/// Encodes as WebP. The bytes are freed by `cvips_free`.
int cvips_save_webp(cvips_image *in, int quality, int effort, void **bytes, size_t *length);
/// Encodes as JPEG. The bytes are freed by `cvips_free`.
int cvips_save_jpeg(cvips_image *in, int quality, void **bytes, size_t *length);
/// The pixels row by row, channels beside each other. The bytes are freed by `cvips_free`.
int cvips_pixels(cvips_image *in, void **bytes, size_t *length);
/// Frees bytes.
void cvips_free(void *bytes);

#endif
