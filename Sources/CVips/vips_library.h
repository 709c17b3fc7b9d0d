#ifndef IMGN_VIPS_LIBRARY_H
#define IMGN_VIPS_LIBRARY_H

#include "CVips.h"

// What is used of libvips and of the GLib below it. The types are those of libvips's documentation; numbers stand for its
// enumerations.
typedef struct _VipsArrayDouble cvips_doubles;
typedef int cvips_load_function(const void *, size_t, cvips_image **, ...);
typedef int cvips_unary_function(cvips_image *, cvips_image **, ...);
typedef int cvips_save_function(cvips_image *, void **, size_t *, ...);

/// The library's functions; all are there once it is open.
struct cvips_functions {
    int (*vips_init)(const char *);
    int (*vips_version)(int);
    void (*vips_concurrency_set)(int);
    void (*vips_cache_set_max)(int);
    void (*vips_operation_block_set)(const char *, int);
    const char *(*vips_error_buffer)(void);
    void (*vips_error_clear)(void);
    cvips_load_function *vips_jpegload_buffer, *vips_pngload_buffer, *vips_webpload_buffer;
    cvips_load_function *vips_gifload_buffer, *vips_heifload_buffer, *vips_tiffload_buffer;
    int (*vips_image_get_width)(const cvips_image *);
    int (*vips_image_get_height)(const cvips_image *);
    int (*vips_image_get_bands)(const cvips_image *);
    int (*vips_image_hasalpha)(cvips_image *);
    size_t (*vips_image_get_typeof)(const cvips_image *, const char *);
    int (*vips_image_get_int)(const cvips_image *, const char *, int *);
    void (*vips_image_set_int)(cvips_image *, const char *, int);
    int (*vips_image_remove)(cvips_image *, const char *);
    char **(*vips_image_get_fields)(const cvips_image *);
    cvips_image *(*vips_image_copy_memory)(cvips_image *);
    void *(*vips_image_write_to_memory)(cvips_image *, size_t *);
    cvips_unary_function *vips_copy, *vips_flatten;
    int (*vips_thumbnail_image)(cvips_image *, cvips_image **, int, ...);
    int (*vips_colourspace)(cvips_image *, cvips_image **, int, ...);
    int (*vips_cast)(cvips_image *, cvips_image **, int, ...);
    cvips_save_function *vips_webpsave_buffer, *vips_jpegsave_buffer;
    cvips_doubles *(*vips_array_double_new)(const double *, int);
    void (*vips_area_unref)(void *);
    void (*g_object_unref)(void *);
    void (*g_strfreev)(char **);
    void (*g_free)(void *);
};

extern struct cvips_functions cvips_library;

// Values of libvips's enumerations (its headers say them, and they are part of its ABI).
enum { CVIPS_FAIL_ON_ERROR = 2, CVIPS_ACCESS_SEQUENTIAL = 1, CVIPS_SIZE_DOWN = 2 };
enum { CVIPS_INTERPRETATION_SRGB = 22, CVIPS_FORMAT_UCHAR = 0, CVIPS_LARGEST_SIDE = 10000000 };

#endif
