#define _GNU_SOURCE
#include "hanging_resolver.h"

const char *hanging_resolver_name(void) { return "hangs.test"; }

#ifdef __linux__
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <time.h>

typedef int (*resolver)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

// Stands before libc's own for every library of the program.
int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (name && strcmp(name, hanging_resolver_name()) == 0) {
        struct timespec rest = {12, 0};
        while (nanosleep(&rest, &rest) != 0) {}
        return EAI_AGAIN;
    }
    resolver real = (resolver)dlsym(RTLD_NEXT, "getaddrinfo");
    return real ? real(name, service, hints, result) : EAI_SYSTEM;
}
#endif
