#pragma once

/// How many allocations the process has made so far, in all threads.
unsigned long allocations_made(void);

/// How many bytes are allocated and not yet freed, with the allocator's own headers; elsewhere than on glibc 0.
unsigned long bytes_in_use(void);

/// Gives memory that is free back to the system.
void give_back_free_memory(void);
