/* Counts the calls by which a process changes files under one folder, and makes the n-th of them fail.
 *
 * Built and preloaded by tests/torture/faults.py.  Environment:
 *   FAULT_UNDER  only files whose path begins so are counted (by descriptor, as /proc knows it)
 *   FAULT_AT     the number of the call, from 1; 0 counts only
 *   FAULT_HOW    kill | EIO | ENOSPC
 *   FAULT_COUNT  a file to which the number of calls is written when the process ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static long wanted = -1;
static const char *how, *under;

static void setup(void) {
    if (wanted >= 0) return;
    const char *at = getenv("FAULT_AT");
    how = getenv("FAULT_HOW");
    under = getenv("FAULT_UNDER");
    wanted = at ? atol(at) : 0;
    if (!how) how = "kill";
}

static int counted(const char *path) { return under && path && strncmp(path, under, strlen(under)) == 0; }

static int counted_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return counted(path);
}

/* 1 where the call is to fail */
static int fault(int is_counted) {
    setup();
    if (!is_counted || ++calls != wanted) return 0;
    if (strcmp(how, "kill") == 0) _exit(137);
    errno = strcmp(how, "ENOSPC") == 0 ? ENOSPC : EIO;
    return 1;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *b, size_t n) { REAL(write); setup(); return fault(counted_fd(fd)) ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite); setup(); return fault(counted_fd(fd)) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { REAL(pwrite64); setup(); return fault(counted_fd(fd)) ? -1 : real(fd, b, n, o); }
int fsync(int fd) { REAL(fsync); setup(); return fault(counted_fd(fd)) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); setup(); return fault(counted_fd(fd)) ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); setup(); return fault(counted_fd(fd)) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); setup(); return fault(counted_fd(fd)) ? -1 : real(fd, n); }
int rename(const char *a, const char *b) { REAL(rename); setup(); return fault(counted(b)) ? -1 : real(a, b); }
int renameat(int x, const char *a, int y, const char *b) { REAL(renameat); setup(); return fault(counted(b)) ? -1 : real(x, a, y, b); }
int link(const char *a, const char *b) { REAL(link); setup(); return fault(counted(b)) ? -1 : real(a, b); }
int linkat(int x, const char *a, int y, const char *b, int f) { REAL(linkat); setup(); return fault(counted(b)) ? -1 : real(x, a, y, b, f); }

__attribute__((destructor)) static void report(void) {
    const char *file = getenv("FAULT_COUNT");
    FILE *out = file ? fopen(file, "w") : NULL;
    if (out) { fprintf(out, "%ld\n", calls); fclose(out); }
}
