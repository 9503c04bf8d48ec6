/* Writes down what a program does to the files below POWER_ROOT, in the order it does it, and what it answers on its sockets
 * meanwhile: the journal at POWER_JOURNAL. A sync is written down and not done, as the machine under it is not the one that
 * loses power; what it would have kept is worked out from the journal (power.rs). Loaded before libc (LD_PRELOAD). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* One at a time, so that the journal has the order of what happened. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static const char *root;

static void begin(void) {
  pthread_mutex_lock(&turn);
  if (!root) {
    const char *path = getenv("POWER_JOURNAL"), *below = getenv("POWER_ROOT");
    root = below ? below : "/nowhere";
    if (path) journal = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  }
}

static void end(void) {
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
}

struct head {
  uint32_t kind, path;
  uint64_t offset, length;
};

static void note(char kind, const char *path, uint64_t offset, const struct iovec *data, int count) {
  struct iovec parts[66];
  uint64_t length = 0;
  if (journal < 0) return;
  if (count > 64) abort();
  for (int i = 0; i < count; i++) length += data[i].iov_len, parts[i + 2] = data[i];
  struct head head = {kind, strlen(path), offset, length};
  parts[0] = (struct iovec){&head, sizeof head};
  parts[1] = (struct iovec){(void *)path, head.path};
  ssize_t whole = sizeof head + head.path + length;
  if (syscall(SYS_writev, journal, parts, count + 2) != whole) abort();
}

static int is_ours(const char *path) {
  size_t length = strlen(root), all = strlen(path);
  if (strncmp(path, root, length) || (path[length] && path[length] != '/')) return 0;
  /* What shares memory between connections is made anew by whoever opens first. */
  return !(all > 4 && !strcmp(path + all - 4, "-shm"));
}

/* The path of an open file; 's' of a socket, 0 of what is neither nor below the root. */
static char known(int fd, char *path) {
  char link[32] = "/proc/self/fd/", digits[12];
  int at = 14, n = 0;
  if (fd < 0) return 0;
  do digits[n++] = '0' + fd % 10, fd /= 10; while (fd);
  while (n) link[at++] = digits[--n];
  ssize_t length = readlink(link, path, 4095);
  if (length < 0) return 0;
  path[length] = 0;
  if (!strncmp(path, "socket:", 7)) return 's';
  return is_ours(path) && !(length > 10 && !strcmp(path + length - 10, " (deleted)")) ? 'f' : 0;
}

static int absolute(int folder, const char *path, char *out) {
  char base[4096] = "";
  if (path[0] != '/') {
    if (folder == AT_FDCWD ? !getcwd(base, sizeof base) : !known(folder, base)) return 0;
    strcat(base, "/");
  }
  if (strlen(base) + strlen(path) > 4095) return 0;
  strcat(strcpy(out, base), path);
  return is_ours(out);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
  char whole[4096];
  struct stat there;
  begin();
  int ours = absolute(folder, path, whole);
  int is_new = ours && flags & O_CREAT && fstatat(AT_FDCWD, whole, &there, 0);
  int fd = syscall(SYS_openat, folder, path, flags, mode);
  if (fd >= 0 && is_new) note('c', whole, 0, 0, 0);
  else if (fd >= 0 && ours && flags & O_TRUNC) note('t', whole, 0, 0, 0);
  end();
  return fd;
}

#define MODE(last) \
  mode_t mode = 0; \
  va_list rest; \
  va_start(rest, last); \
  if (last & O_CREAT) mode = va_arg(rest, int); \
  va_end(rest)

int open(const char *path, int flags, ...) { MODE(flags); return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags); return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags); return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags); return opened(folder, path, flags, mode); }

/* Writes at `offset`, or where the file stands when it is negative. */
static ssize_t written(int fd, const struct iovec *data, int count, int64_t offset) {
  char path[4096];
  begin();
  char kind = known(fd, path);
  int64_t at = offset;
  if (kind == 'f' && offset < 0) {
    int flags = fcntl(fd, F_GETFL);
    at = lseek(fd, 0, SEEK_CUR);
    struct stat now;
    if (flags & O_APPEND && !fstat(fd, &now)) at = now.st_size;
  }
  /* An answer counts from just before it leaves. */
  if (kind == 's') note('a', "", 0, data, count);
  ssize_t done = offset < 0 ? syscall(SYS_writev, fd, data, count) : pwritev(fd, data, count, offset);
  if (kind == 'f' && done > 0) {
    uint64_t whole = 0;
    for (int i = 0; i < count; i++) whole += data[i].iov_len;
    if ((uint64_t)done != whole) abort();
    note('w', path, at, data, count);
  }
  end();
  return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec data = {(void *)bytes, length};
  return written(fd, &data, 1, -1);
}
ssize_t writev(int fd, const struct iovec *data, int count) { return written(fd, data, count, -1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  struct iovec data = {(void *)bytes, length};
  return written(fd, &data, 1, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
  struct iovec data = {(void *)bytes, length};
  begin();
  note('a', "", 0, &data, 1);
  ssize_t done = syscall(SYS_sendto, fd, bytes, length, flags, 0, 0);
  end();
  return done;
}

static int synced(int fd, long call) {
  char path[4096];
  begin();
  int ours = known(fd, path) == 'f', done = ours ? 0 : syscall(call, fd);
  if (ours) note('s', path, 0, 0, 0);
  end();
  return done;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int ftruncate64(int fd, off64_t length) {
  char path[4096];
  begin();
  int ours = known(fd, path) == 'f', done = syscall(SYS_ftruncate, fd, length);
  if (ours && !done) note('t', path, length, 0, 0);
  end();
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
  char before[4096], after[4096];
  begin();
  int ours = absolute(AT_FDCWD, from, before) && absolute(AT_FDCWD, to, after);
  int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  struct iovec data = {after, ours ? strlen(after) : 0};
  if (ours && !done) note('r', before, 0, &data, 1);
  end();
  return done;
}

static int removed(int folder, const char *path, int flags) {
  char whole[4096];
  begin();
  int ours = absolute(folder, path, whole), done = syscall(SYS_unlinkat, folder, path, flags);
  if (ours && !done) note('u', whole, 0, 0, 0);
  end();
  return done;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }

int mkdir(const char *path, mode_t mode) {
  char whole[4096];
  begin();
  int ours = absolute(AT_FDCWD, path, whole), done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (ours && !done) note('m', whole, 0, 0, 0);
  end();
  return done;
}
