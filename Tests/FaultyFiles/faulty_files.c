#include "faulty_files.h"

#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

typedef struct {
    sqlite3_file base;
    int is_watched;
    sqlite3_file *real;
} faulty_file;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty_vfs;
static char watched[1024];
static atomic_long operations, failing, stays_failing, has_no_room;

static int fails(int is_watched) {
    if (!is_watched) return 0;
    long number = atomic_fetch_add(&operations, 1) + 1;
    long first = atomic_load(&failing);
    return first > 0 && (number == first || (number > first && atomic_load(&stays_failing)));
}

#define REAL(file) (((faulty_file *)(file))->real)
#define FAILS(file) fails(((faulty_file *)(file))->is_watched)

static int file_close(sqlite3_file *file) { return REAL(file)->pMethods->xClose(REAL(file)); }

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    if (FAILS(file)) return SQLITE_IOERR_READ;
    return REAL(file)->pMethods->xRead(REAL(file), bytes, count, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    if (FAILS(file)) {
        REAL(file)->pMethods->xWrite(REAL(file), bytes, count / 2, offset);
        return atomic_load(&has_no_room) ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return REAL(file)->pMethods->xWrite(REAL(file), bytes, count, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (FAILS(file)) return SQLITE_IOERR_TRUNCATE;
    return REAL(file)->pMethods->xTruncate(REAL(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
    if (FAILS(file)) return SQLITE_IOERR_FSYNC;
    return REAL(file)->pMethods->xSync(REAL(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    if (FAILS(file)) return SQLITE_IOERR_FSTAT;
    return REAL(file)->pMethods->xFileSize(REAL(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
    if (FAILS(file)) return SQLITE_IOERR_LOCK;
    return REAL(file)->pMethods->xLock(REAL(file), level);
}

static int file_unlock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xUnlock(REAL(file), level); }

static int file_check_lock(sqlite3_file *file, int *result) {
    return REAL(file)->pMethods->xCheckReservedLock(REAL(file), result);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    return REAL(file)->pMethods->xFileControl(REAL(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) { return REAL(file)->pMethods->xSectorSize(REAL(file)); }

static int file_characteristics(sqlite3_file *file) {
    return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file));
}

static int file_map(sqlite3_file *file, int page, int size, int extends, void volatile **result) {
    if (FAILS(file)) return SQLITE_IOERR_SHMMAP;
    return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extends, result);
}

static int file_map_lock(sqlite3_file *file, int offset, int count, int flags) {
    // Giving a lock back cannot fail.
    if ((flags & SQLITE_SHM_LOCK) && FAILS(file)) return SQLITE_IOERR_SHMLOCK;
    return REAL(file)->pMethods->xShmLock(REAL(file), offset, count, flags);
}

static void file_map_barrier(sqlite3_file *file) { REAL(file)->pMethods->xShmBarrier(REAL(file)); }

static int file_unmap(sqlite3_file *file, int deletes) {
    return REAL(file)->pMethods->xShmUnmap(REAL(file), deletes);
}

// Version 2: without xFetch, which would read past this.
static const sqlite3_io_methods methods = {
    2,           file_close,       file_read,      file_write, file_truncate, file_sync,
    file_size,   file_lock,        file_unlock,    file_check_lock, file_control, file_sector_size,
    file_characteristics, file_map, file_map_lock, file_map_barrier, file_unmap, 0, 0};

static int is_watched(const char *name) {
    size_t length = strlen(watched);
    return name && length > 0 && strncmp(name, watched, length) == 0;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *result) {
    faulty_file *faulty = (faulty_file *)file;
    (void)vfs;
    faulty->base.pMethods = 0;
    faulty->is_watched = is_watched(name);
    faulty->real = (sqlite3_file *)&faulty[1];
    faulty->real->pMethods = 0;
    if (fails(faulty->is_watched)) return SQLITE_CANTOPEN;
    int code = real_vfs->xOpen(real_vfs, name, faulty->real, flags, result);
    if (faulty->real->pMethods) faulty->base.pMethods = &methods;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
    (void)vfs;
    if (fails(is_watched(name))) return SQLITE_IOERR_DELETE;
    return real_vfs->xDelete(real_vfs, name, syncs);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    (void)vfs;
    if (fails(is_watched(name))) return SQLITE_IOERR_ACCESS;
    return real_vfs->xAccess(real_vfs, name, flags, result);
}

int faulty_files_install(void) {
    if (real_vfs) return SQLITE_OK;
    sqlite3_vfs *vfs = sqlite3_vfs_find(0);
    if (!vfs) return SQLITE_ERROR;
    faulty_vfs = *vfs;
    faulty_vfs.pNext = 0;
    faulty_vfs.zName = "faulty";
    faulty_vfs.szOsFile = (int)sizeof(faulty_file) + vfs->szOsFile;
    faulty_vfs.xOpen = vfs_open;
    faulty_vfs.xDelete = vfs_delete;
    faulty_vfs.xAccess = vfs_access;
    real_vfs = vfs;
    return sqlite3_vfs_register(&faulty_vfs, 1);
}

void faulty_files_watch(const char *prefix) {
    atomic_store(&operations, 0);
    strncpy(watched, prefix ? prefix : "", sizeof(watched) - 1);
}

void faulty_files_fail(long number, int stays, int is_full) {
    atomic_store(&operations, 0);
    atomic_store(&stays_failing, stays);
    atomic_store(&has_no_room, is_full);
    atomic_store(&failing, number);
}

void faulty_files_heal(void) { atomic_store(&failing, 0); }

long faulty_files_count(void) { return atomic_load(&operations); }
#else
int faulty_files_install(void) { return 1; }
void faulty_files_watch(const char *prefix) { (void)prefix; }
void faulty_files_fail(long number, int stays, int is_full) { (void)number; (void)stays; (void)is_full; }
void faulty_files_heal(void) {}
long faulty_files_count(void) { return 0; }
#endif
