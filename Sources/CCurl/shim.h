#ifndef GATEHOUSE_CCURL_SHIM_H
#define GATEHOUSE_CCURL_SHIM_H

#if !__has_include(<curl/curl.h>)
#error "libcurl's headers not found: install libcurl4-openssl-dev (apt-get install libcurl4-openssl-dev) or curl (brew install curl)"
#else
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#if LIBCURL_VERSION_NUM < 0x075500
#error "Gatehouse needs libcurl 7.85 or newer"
#endif

// Swift cannot call a C function with a variable number of arguments: one function for each type of an option.

static inline CURLcode gatehouse_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_set_callback(
    CURL *handle, CURLoption option, size_t (*value)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

// A name server that does not answer keeps a thread of libcurl's resolver busy. Without this option libcurl waits for that thread where
// it gives the transfer up, and every other transfer waits with it.
static inline CURLcode gatehouse_curl_never_wait_for_resolver(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)handle;
    return CURLE_OK;
#endif
}

// libcurl leaves SIGPIPE alone where it is told to use no signals. A write to a closed connection is an error then, and
// no signal for this thread.
static inline void gatehouse_curl_block_sigpipe(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
}
#endif
#endif
