#ifndef GATEHOUSE_CPOSTGRESQL_SHIM_H
#define GATEHOUSE_CPOSTGRESQL_SHIM_H

#if !__has_include(<libpq-fe.h>)
#error "libpq's headers not found: install libpq-dev (apt-get install libpq-dev) or libpq (brew install libpq)"
#else
#include <libpq-fe.h>
#endif
#endif
