// Interposes glibc's allocator: every allocation of the process passes here, that of C libraries too.
// Elsewhere nothing is interposed, and the count stays 0.
#include "allocations.h"
#include <stdatomic.h>
#include <stddef.h>

static atomic_ulong count;

unsigned long allocations_made(void) { return atomic_load_explicit(&count, memory_order_relaxed); }

#if defined(__GLIBC__)
#include <errno.h>
#include <malloc.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void add_one(void) { atomic_fetch_add_explicit(&count, 1, memory_order_relaxed); }

void *malloc(size_t size) {
    add_one();
    return __libc_malloc(size);
}

void *calloc(size_t members, size_t size) {
    add_one();
    return __libc_calloc(members, size);
}

void *realloc(void *block, size_t size) {
    add_one();
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    add_one();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    add_one();
    *block = __libc_memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}

unsigned long bytes_in_use(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void give_back_free_memory(void) { malloc_trim(0); }
#else
void give_back_free_memory(void) {}
unsigned long bytes_in_use(void) { return 0; }
#endif
