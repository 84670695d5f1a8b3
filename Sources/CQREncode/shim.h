#ifndef GATEHOUSE_CQRENCODE_SHIM_H
#define GATEHOUSE_CQRENCODE_SHIM_H

#if !__has_include(<qrencode.h>)
#error "libqrencode's headers not found: install libqrencode-dev (apt-get install libqrencode-dev) or qrencode (brew install qrencode)"
#else
#include <qrencode.h>
#endif
#endif
