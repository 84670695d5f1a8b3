#pragma once

/// How many allocations the process has made so far, in all threads.
unsigned long allocations_made(void);
