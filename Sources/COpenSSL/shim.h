#ifndef GATEHOUSE_COPENSSL_SHIM_H
#define GATEHOUSE_COPENSSL_SHIM_H

// One error and no more: what is missing must not drown in what follows from it.
#if !__has_include(<openssl/opensslv.h>)
#error "OpenSSL 3 headers not found: install libssl-dev (apt-get install libssl-dev) or openssl@3 (brew install openssl@3)"
#else
#include <openssl/opensslv.h>
#if OPENSSL_VERSION_MAJOR < 3
#error "Gatehouse needs OpenSSL 3: install libssl-dev (apt-get install libssl-dev) or openssl@3 (brew install openssl@3)"
#else
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#endif
#endif

#endif
