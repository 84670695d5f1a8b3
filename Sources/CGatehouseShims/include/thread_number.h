#pragma once

/// The number of this thread, 0 until it is given one. Swift has no variables of threads, and `pthread_getspecific` takes 3.6 ns
/// of a check's 50.
extern _Thread_local unsigned int gatehouse_thread_number;

static inline unsigned int gatehouse_get_thread_number(void) { return gatehouse_thread_number; }
static inline void gatehouse_set_thread_number(unsigned int number) { gatehouse_thread_number = number; }
