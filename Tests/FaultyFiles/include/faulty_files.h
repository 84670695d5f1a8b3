#ifndef FAULTY_FILES_H
#define FAULTY_FILES_H

/// Stands before SQLite's own files (a VFS, sqlite.org/vfs.html) for every database that is opened from now on; 0 on success.
/// Files whose path does not begin as the watched ones do are left alone.
int faulty_files_install(void);

/// Watches the files whose path begins so, and counts from 0; a null pointer watches none.
void faulty_files_watch(const char *prefix);

/// Lets the operation of this number fail, from 1; where `stays` is not 0, also all behind it. A write then writes a half of its bytes;
/// where `is_full` is not 0, it says that there is no room.
void faulty_files_fail(long number, int stays, int is_full);

/// Lets nothing fail any more.
void faulty_files_heal(void);

/// How many operations there were on watched files.
long faulty_files_count(void);

#endif
