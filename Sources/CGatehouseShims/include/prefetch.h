#pragma once

#include <stdint.h>

/// Has the processor fetch the cache line at an address, without waiting for it. It never faults: an address where nothing lies is
/// ignored (GCC manual, `__builtin_prefetch`).
static inline void gatehouse_prefetch(uintptr_t address) { __builtin_prefetch((const void *)address); }
