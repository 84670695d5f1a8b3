#ifndef HANGING_RESOLVER_H
#define HANGING_RESOLVER_H

/// The name whose resolution takes twelve seconds and then fails, in a program that this is linked into, on Linux.
const char *hanging_resolver_name(void);

#endif
