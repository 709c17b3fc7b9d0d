#include "vips_library.h"

#include <dlfcn.h>
#include <string.h>

struct cvips_functions cvips_library;

static void *handle;
static char linker_words[512];

static int note_linker(void) {
    const char *words = dlerror();
    strncpy(linker_words, words ? words : "the dynamic linker gives no reason", sizeof linker_words - 1);
    return -1;
}

// ISO C knows no conversion from an object's address to a function's; POSIX does.
#define FIND(name) \
    if (!(*(void **)&cvips_library.name = dlsym(library, #name))) return note_linker()

static int find_library_functions(void *library) {
    FIND(vips_init);
    FIND(vips_version);
    FIND(vips_concurrency_set);
    FIND(vips_cache_set_max);
    FIND(vips_operation_block_set);
    FIND(vips_error_buffer);
    FIND(vips_error_clear);
    FIND(vips_array_double_new);
    FIND(vips_area_unref);
    FIND(g_object_unref);
    FIND(g_strfreev);
    FIND(g_free);
    return 0;
}

static int find_picture_functions(void *library) {
    FIND(vips_image_get_width);
    FIND(vips_image_get_height);
    FIND(vips_image_get_bands);
    FIND(vips_image_hasalpha);
    FIND(vips_image_get_typeof);
    FIND(vips_image_get_int);
    FIND(vips_image_set_int);
    FIND(vips_image_remove);
    FIND(vips_image_get_fields);
    FIND(vips_image_copy_memory);
    FIND(vips_image_write_to_memory);
    return 0;
}

static int find_operations(void *library) {
    FIND(vips_jpegload_buffer);
    FIND(vips_pngload_buffer);
    FIND(vips_webpload_buffer);
    FIND(vips_gifload_buffer);
    FIND(vips_heifload_buffer);
    FIND(vips_tiffload_buffer);
    FIND(vips_copy);
    FIND(vips_flatten);
    FIND(vips_thumbnail_image);
    FIND(vips_colourspace);
    FIND(vips_cast);
    FIND(vips_webpsave_buffer);
    FIND(vips_jpegsave_buffer);
    return 0;
}

int cvips_open(const char *name) {
    if (handle) return 0;
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return note_linker();
    if (find_library_functions(library) || find_picture_functions(library) || find_operations(library)) return -1;
    if (cvips_library.vips_init("imgn")) return -1;
    // One picture at a time in a process, and none twice: threads beyond one, and a cache, would only cost memory.
    cvips_library.vips_concurrency_set(1);
    cvips_library.vips_cache_set_max(0);
    handle = library;
    return 0;
}

const char *cvips_error(void) {
    static char words[512];
    const char *source = linker_words;
    if (!linker_words[0] && cvips_library.vips_error_buffer) source = cvips_library.vips_error_buffer();
    strncpy(words, source, sizeof words - 1);
    linker_words[0] = 0;
    if (cvips_library.vips_error_clear) cvips_library.vips_error_clear();
    return words;
}

int cvips_version(int part) { return cvips_library.vips_version(part); }

void cvips_block(const char *operation, int blocked) { cvips_library.vips_operation_block_set(operation, blocked); }

void cvips_free(void *bytes) { cvips_library.g_free(bytes); }
