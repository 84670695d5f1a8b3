#include "thread_number.h"

_Thread_local unsigned int gatehouse_thread_number = 0;
