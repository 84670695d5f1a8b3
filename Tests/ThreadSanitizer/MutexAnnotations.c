// Tells the thread sanitizer what Swift's Mutex does where two threads contend for it.
//
// Uncontended, a Mutex is one atomic operation that is compiled into its user, where the sanitizer sees it. Contended, it
// is the kernel's (futex(2), FUTEX_LOCK_PI), called in libswiftSynchronization, which is not instrumented: without this,
// everything that a contended Mutex protects is reported as a race. Preloaded, these functions stand before the library's
// own, do what those do, and say what that means.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

static void *original(const char *symbol) {
    void *function = dlsym(RTLD_NEXT, symbol);
    if (!function) abort();  // another version of Swift: what follows would be worth nothing
    return function;
}

// Synchronization._MutexHandle._lockSlow(UInt32)
SWIFT void lockSlow(uint32_t thread, SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT void lockSlow(uint32_t thread, SELF void *mutex) {
    SWIFT void (*function)(uint32_t, SELF void *) = original("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
    function(thread, mutex);
    __tsan_acquire(mutex);
}

// Synchronization._MutexHandle._unlockSlow()
SWIFT void unlockSlow(SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT void unlockSlow(SELF void *mutex) {
    SWIFT void (*function)(SELF void *) = original("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
    __tsan_release(mutex);
    function(mutex);
}
