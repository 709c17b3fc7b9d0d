#include "vips_library.h"

#define VIPS cvips_library
#define STRICT "access", CVIPS_ACCESS_SEQUENTIAL, "fail_on", CVIPS_FAIL_ON_ERROR

int cvips_load(cvips_format format, const void *bytes, size_t length, int shrink, double scale, cvips_image **out) {
    switch (format) {
    case CVIPS_JPEG: return VIPS.vips_jpegload_buffer(bytes, length, out, STRICT, "shrink", shrink, NULL);
    case CVIPS_PNG: return VIPS.vips_pngload_buffer(bytes, length, out, STRICT, NULL);
    case CVIPS_WEBP: return VIPS.vips_webpload_buffer(bytes, length, out, STRICT, "scale", scale, NULL);
    case CVIPS_GIF: return VIPS.vips_gifload_buffer(bytes, length, out, STRICT, NULL);
    case CVIPS_HEIF: return VIPS.vips_heifload_buffer(bytes, length, out, STRICT, NULL);
    case CVIPS_TIFF: return VIPS.vips_tiffload_buffer(bytes, length, out, STRICT, NULL);
    }
    return -1;
}

void cvips_release(cvips_image *image) { VIPS.g_object_unref(image); }

int cvips_width(const cvips_image *image) { return VIPS.vips_image_get_width(image); }

int cvips_height(const cvips_image *image) { return VIPS.vips_image_get_height(image); }

int cvips_bands(const cvips_image *image) { return VIPS.vips_image_get_bands(image); }

int cvips_has_alpha(cvips_image *image) { return VIPS.vips_image_hasalpha(image); }

int cvips_has_field(const cvips_image *image, const char *name) {
    return VIPS.vips_image_get_typeof(image, name) != 0;
}

int cvips_get_int(const cvips_image *image, const char *name, int *value) {
    return VIPS.vips_image_get_int(image, name, value);
}

void cvips_set_int(cvips_image *image, const char *name, int value) { VIPS.vips_image_set_int(image, name, value); }

void cvips_remove(cvips_image *image, const char *name) { VIPS.vips_image_remove(image, name); }

char **cvips_fields(const cvips_image *image) { return VIPS.vips_image_get_fields(image); }

void cvips_free_names(char **names) { VIPS.g_strfreev(names); }

int cvips_copy(cvips_image *in, cvips_image **out) { return VIPS.vips_copy(in, out, NULL); }

int cvips_into_memory(cvips_image *in, cvips_image **out) { return (*out = VIPS.vips_image_copy_memory(in)) ? 0 : -1; }

int cvips_thumbnail(cvips_image *in, int width, const char *profile, cvips_image **out) {
    if (!profile)
        return VIPS.vips_thumbnail_image(in, out, width, "height", CVIPS_LARGEST_SIDE, "size", CVIPS_SIZE_DOWN, NULL);
    return VIPS.vips_thumbnail_image(in, out, width, "height", CVIPS_LARGEST_SIDE, "size", CVIPS_SIZE_DOWN,
                                     "export_profile", profile, NULL);
}

int cvips_flatten(cvips_image *in, cvips_image **out) {
    const double white = 255;
    cvips_doubles *background = VIPS.vips_array_double_new(&white, 1);
    int status = VIPS.vips_flatten(in, out, "background", background, NULL);
    VIPS.vips_area_unref(background);
    return status;
}

int cvips_to_srgb(cvips_image *in, cvips_image **out) {
    cvips_image *converted;
    if (VIPS.vips_colourspace(in, &converted, CVIPS_INTERPRETATION_SRGB, NULL)) return -1;
    int status = VIPS.vips_cast(converted, out, CVIPS_FORMAT_UCHAR, NULL);
    cvips_release(converted);
    return status;
}

int cvips_save_webp(cvips_image *in, int quality, int effort, void **bytes, size_t *length) {
    return VIPS.vips_webpsave_buffer(in, bytes, length, "Q", quality, "effort", effort, "strip", 1, NULL);
}

int cvips_save_jpeg(cvips_image *in, int quality, void **bytes, size_t *length) {
    return VIPS.vips_jpegsave_buffer(in, bytes, length, "Q", quality, "optimize_coding", 1, "strip", 1, NULL);
}

int cvips_pixels(cvips_image *in, void **bytes, size_t *length) {
    return (*bytes = VIPS.vips_image_write_to_memory(in, length)) ? 0 : -1;
}
