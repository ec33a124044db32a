/*
 * What the tests put between the program and the system: an LD_PRELOAD library that counts the program's calls, writes
 * down their order, kills the process at one of them, or lets them fail. The program under test is the one that ships; it
 * knows nothing of this.
 *
 * The libc functions are replaced by plain system calls, so nothing has to be looked up and nothing can be missed on the
 * way. Calls that a program makes without libc (rustix does: renames of temporary files) are not seen.
 *
 * Told by the environment:
 *
 *   SHIM_TRACE=PATH            append one line a call: NUMBER b|e CLASS RESULT SIZE THREAD PATH; b before, e after the call
 *   SHIM_KILL=CLASS:N:before   SIGKILL before (or after) the Nth call of CLASS; `any` stands for every class
 *   SHIM_ARM=CLASS:N           counting for SHIM_KILL begins with the Nth call of this class
 *   SHIM_FAIL=CLASS:ERRNO:N:once|on:PREFIX
 *                              the Nth call of CLASS on a path that begins so fails; `on`: all later ones too
 *   SHIM_LEDGER=PATH           the ledger, by its absolute name
 *   SHIM_SNAPSHOTS=DIR         at each POST, each write to standard output and each sync of a report, keep what a power
 *                              cut would leave of the ledger: NUMBER.db, and NUMBER.db-wal as far as it was synced; and
 *                              what was about to leave: NUMBER.post, NUMBER.tell or NUMBER.report
 *   SHIM_REPORTS=PREFIX        where the reports lie
 *
 * The path of a POST is the phone in its body.
 *
 * Classes: open (for writing), report (the same, of a report on its way), write, sync, cut (truncate, allocate), unlink, mkdir, tell (standard output and error),
 * connect, post and get (a write to a socket that begins so), send (any other), recv, wait (for events).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum class { OPEN, REPORT, WRITE, SYNC, CUT, UNLINK, MKDIR, TELL, CONNECT, POST, GET, SEND, RECV, WAIT, CLASSES, ANY, NONE };

static const char *const NAMES[] = {"open", "report", "write", "sync", "cut", "unlink", "mkdir", "tell",
                                    "connect", "post", "get", "send", "recv", "wait", "", "any"};

static int trace = -1;
static atomic_long events;
static atomic_long calls[ANY + 1];

static enum class kill_class = NONE;
static long kill_at, kill_after;
static enum class arm_class = NONE;
static long arm_at;
static atomic_long armed_calls;
static atomic_int armed;

static enum class fail_class = NONE;
static int fail_errno;
static long fail_from;
static int fail_once;
static char fail_prefix[4096];
static atomic_long fail_calls;

static char ledger[4096], wal[4100], snapshots[4096], reports[4096];
/* An image is taken between two writes to the ledger, never across one: while the WAL is folded into the file by another
 * thread, half of each would make an image that no power cut leaves. */
static pthread_mutex_t image = PTHREAD_MUTEX_INITIALIZER;
/* So much of the WAL survives a power cut; under the lock. */
static long durable;
/* How often the WAL was written anew from some place on, or cut; under the lock. */
static long rewritten;

/* One call, from before to after. */
struct call {
    long number;
    enum class class;
    int doomed;
    char path[4096];
};

static enum class class_of(const char *name, size_t length) {
    for (int class = 0; class <= ANY; class++)
        if (class != CLASSES && strlen(NAMES[class]) == length && memcmp(NAMES[class], name, length) == 0) return class;
    return NONE;
}

/* Takes the next field of a colon-separated text. */
static const char *field(const char **rest, size_t *length) {
    const char *begin = *rest, *end = strchr(begin, ':');
    *length = end ? (size_t)(end - begin) : strlen(begin);
    *rest = end ? end + 1 : begin + *length;
    return begin;
}

static enum class class_field(const char **rest) {
    size_t length;
    const char *text = field(rest, &length);
    return class_of(text, length);
}

static long number_field(const char **rest) {
    size_t length;
    return strtol(field(rest, &length), NULL, 10);
}

static void copy_text(char *to, size_t room, const char *from) {
    if (from) snprintf(to, room, "%s", from);
}

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("SHIM_TRACE");
    if (text) trace = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if ((text = getenv("SHIM_KILL"))) {
        kill_class = class_field(&text);
        kill_at = number_field(&text);
        kill_after = strcmp(text, "after") == 0;
        armed = 1;
    }
    if ((text = getenv("SHIM_ARM"))) {
        arm_class = class_field(&text);
        arm_at = number_field(&text);
        armed = 0;
    }
    if ((text = getenv("SHIM_FAIL"))) {
        size_t length;
        fail_class = class_field(&text);
        fail_errno = (int)number_field(&text);
        fail_from = number_field(&text);
        const char *how = field(&text, &length);
        fail_once = length == 4 && memcmp(how, "once", 4) == 0;
        copy_text(fail_prefix, sizeof fail_prefix, text);
    }
    copy_text(ledger, sizeof ledger, getenv("SHIM_LEDGER"));
    if (ledger[0]) {
        struct stat found;
        snprintf(wal, sizeof wal, "%s-wal", ledger);
        /* What an earlier process left is on the disk: a kill is no power cut. */
        if (syscall(SYS_newfstatat, AT_FDCWD, wal, &found, 0) == 0) durable = found.st_size;
    }
    copy_text(snapshots, sizeof snapshots, getenv("SHIM_SNAPSHOTS"));
    copy_text(reports, sizeof reports, getenv("SHIM_REPORTS"));
}

static void die(void) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) syscall(SYS_pause);
}

static void note(const struct call *call, char side, long result, size_t size) {
    char line[4300];
    if (trace < 0) return;
    int length = snprintf(line, sizeof line, "%ld %c %s %ld %zu %ld %s\n", call->number, side, NAMES[call->class], result,
                          size, (long)syscall(SYS_gettid), call->path[0] ? call->path : "-");
    syscall(SYS_write, trace, line, (size_t)length);
}

/* Before a call. Nonzero: it must fail with this error instead. */
static int before(struct call *call, size_t size) {
    int saved = errno;
    call->number = atomic_fetch_add(&events, 1);
    call->doomed = 0;
    atomic_fetch_add(&calls[call->class], 1);
    if (kill_class != NONE) {
        if (call->class == arm_class && calls[call->class] >= arm_at) armed = 1;
        if (armed && (kill_class == ANY || kill_class == call->class))
            call->doomed = atomic_fetch_add(&armed_calls, 1) + 1 == kill_at;
    }
    note(call, 'b', 0, size);
    if (call->doomed && !kill_after) die();
    int failing = 0;
    if (call->class == fail_class && strncmp(call->path, fail_prefix, strlen(fail_prefix)) == 0) {
        long count = atomic_fetch_add(&fail_calls, 1) + 1;
        if (count == fail_from || (count > fail_from && !fail_once)) failing = fail_errno;
    }
    errno = saved;
    return failing;
}

static long after(struct call *call, long result, size_t size) {
    int saved = errno;
    if (call->class != WAIT) note(call, 'e', result < 0 ? -saved : result, size);
    if (call->doomed && kill_after) die();
    errno = saved;
    return result;
}

static long refuse(struct call *call, int error, size_t size) {
    errno = error;
    return after(call, -1, size);
}

/* The name behind a descriptor; 1 for a socket, 0 for a file, -1 for what is of no interest (pipes, event counters). */
static int name_of(int fd, char *path, size_t room) {
    int saved = errno;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, room - 1);
    path[length < 0 ? 0 : length] = 0;
    errno = saved;
    if (strncmp(path, "socket:", 7) == 0) return 1;
    return path[0] == '/' && strncmp(path, "/dev/", 5) != 0 ? 0 : -1;
}

/* The absolute form of a name that a call was given. */
static void name_at(int folder, const char *name, char *path, size_t room) {
    size_t length = 0;
    path[0] = 0;
    if (name[0] != '/') {
        if (folder == AT_FDCWD) {
            if (syscall(SYS_getcwd, path, room) < 0) path[0] = 0;
        } else {
            name_of(folder, path, room);
        }
        length = strlen(path);
        if (length + 1 < room) path[length++] = '/';
    }
    snprintf(path + length, room - length, "%s", name);
}

/* Snapshots ------------------------------------------------------------------------------------------------------ */

static int snapshot_file(long number, const char *kind) {
    char path[4200];
    snprintf(path, sizeof path, "%s/%ld.%s", snapshots, number, kind);
    return (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void copy_up_to(const char *from, int to, long most) {
    char block[1 << 14];
    int source = (int)syscall(SYS_openat, AT_FDCWD, from, O_RDONLY | O_CLOEXEC);
    if (source < 0) return;
    while (most != 0) {
        size_t want = most < 0 || most > (long)sizeof block ? sizeof block : (size_t)most;
        long got = syscall(SYS_read, source, block, want);
        if (got <= 0) break;
        syscall(SYS_write, to, block, (size_t)got);
        if (most > 0) most -= got;
    }
    syscall(SYS_close, source);
}

/* Keeps what a power cut at this instant would leave of the ledger. */
static void keep_ledger(long number) {
    pthread_mutex_lock(&image);
    int out = snapshot_file(number, "db");
    copy_up_to(ledger, out, -1);
    syscall(SYS_close, out);
    out = snapshot_file(number, "db-wal");
    copy_up_to(wal, out, durable);
    syscall(SYS_close, out);
    pthread_mutex_unlock(&image);
}

static void snapshot_bytes(const struct call *call, const char *kind, const struct iovec *parts, int count) {
    if (!snapshots[0] || !ledger[0]) return;
    int saved = errno, out = snapshot_file(call->number, kind);
    for (int part = 0; part < count; part++) syscall(SYS_write, out, parts[part].iov_base, parts[part].iov_len);
    syscall(SYS_close, out);
    keep_ledger(call->number);
    errno = saved;
}

static void snapshot_report(const struct call *call) {
    if (!snapshots[0] || !reports[0] || strncmp(call->path, reports, strlen(reports)) != 0) return;
    /* Not the folder that it lies in. */
    if (!strstr(call->path, "/.tmp")) return;
    int saved = errno, out = snapshot_file(call->number, "report");
    copy_up_to(call->path, out, -1);
    syscall(SYS_close, out);
    keep_ledger(call->number);
    errno = saved;
}

/* Writing -------------------------------------------------------------------------------------------------------- */

enum how { WRITEV, PWRITE, SENDMSG };

/* The phone in a body that is written whole; the name of the socket stays where it is not found. */
static void name_phone(const struct iovec *parts, int count, char *path, size_t room) {
    static const char KEY[] = "\"user_phone\":\"";
    for (int part = 0; part < count; part++) {
        const char *end = (const char *)parts[part].iov_base + parts[part].iov_len;
        const char *found = memmem(parts[part].iov_base, parts[part].iov_len, KEY, sizeof KEY - 1);
        if (!found) continue;
        found += sizeof KEY - 1;
        const char *quote = memchr(found, '"', (size_t)(end - found));
        if (quote) snprintf(path, room, "%.*s", (int)(quote - found), found);
    }
}

/* All writes are one: `parts` go to `fd`, at `offset` or where the file stands. */
static long put(int fd, const struct iovec *parts, int count, off_t offset, enum how how, int flags,
                const struct msghdr *message) {
    struct call call;
    size_t size = 0;
    for (int part = 0; part < count; part++) size += parts[part].iov_len;
    int kind = name_of(fd, call.path, sizeof call.path);
    if (fd == 1 || fd == 2) {
        call.class = TELL;
    } else if (kind == 1) {
        const char *first = count > 0 && parts[0].iov_len >= 5 ? parts[0].iov_base : "     ";
        call.class = memcmp(first, "POST ", 5) == 0 ? POST : memcmp(first, "GET /", 5) == 0 ? GET : SEND;
    } else if (kind == 0) {
        call.class = WRITE;
    } else {
        call.class = NONE;
    }
    if (call.class == POST) name_phone(parts, count, call.path, sizeof call.path);
    if (call.class != NONE) {
        int error = before(&call, size);
        if (error) return refuse(&call, error, size);
        if (call.class == POST) snapshot_bytes(&call, "post", parts, count);
        if (call.class == TELL && fd == 1) snapshot_bytes(&call, "tell", parts, count);
    }
    int of_ledger = call.class == WRITE && ledger[0] && strncmp(call.path, ledger, strlen(ledger)) == 0;
    if (of_ledger) pthread_mutex_lock(&image);
    if (of_ledger && strcmp(call.path, wal) == 0) {
        struct stat found;
        long at = how == PWRITE ? (long)offset : syscall(SYS_lseek, fd, 0L, SEEK_CUR);
        if (at < durable) durable = at;
        if (syscall(SYS_fstat, fd, &found) != 0 || at < found.st_size) rewritten++;
    }
    long result;
    if (how == PWRITE) {
        result = syscall(SYS_pwrite64, fd, parts[0].iov_base, parts[0].iov_len, offset);
    } else if (how == SENDMSG) {
        result = message ? syscall(SYS_sendmsg, fd, message, flags)
                         : syscall(SYS_sendto, fd, parts[0].iov_base, parts[0].iov_len, flags, NULL, 0);
    } else {
        result = syscall(SYS_writev, fd, parts, (unsigned long)count);
    }
    if (of_ledger) pthread_mutex_unlock(&image);
    return call.class == NONE ? result : after(&call, result, size);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    struct iovec part = {(void *)bytes, size};
    return put(fd, &part, 1, 0, WRITEV, 0, NULL);
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return put(fd, parts, count, 0, WRITEV, 0, NULL); }

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset) {
    struct iovec part = {(void *)bytes, size};
    return put(fd, &part, 1, offset, PWRITE, 0, NULL);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return pwrite64(fd, bytes, size, offset); }

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    struct iovec part = {(void *)bytes, size};
    return put(fd, &part, 1, 0, SENDMSG, flags, NULL);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    return put(fd, message->msg_iov, (int)message->msg_iovlen, 0, SENDMSG, flags, message);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    if (!to) return send(fd, bytes, size, flags);
    return syscall(SYS_sendto, fd, bytes, size, flags, to, length);
}

/* Everything else ------------------------------------------------------------------------------------------------ */

static int synced(int fd, long number) {
    struct call call = {.class = SYNC};
    struct stat found;
    name_of(fd, call.path, sizeof call.path);
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    snapshot_report(&call);
    int is_wal = wal[0] && strcmp(call.path, wal) == 0;
    pthread_mutex_lock(&image);
    long reached = is_wal && syscall(SYS_fstat, fd, &found) == 0 ? found.st_size : 0, then = rewritten;
    pthread_mutex_unlock(&image);
    long result = syscall(number, fd);
    pthread_mutex_lock(&image);
    /* Who folds the WAL syncs it too, and may be overtaken by who writes it: this sync then covers less than the other. */
    if (is_wal && result == 0 && rewritten == then && reached > durable) durable = reached;
    pthread_mutex_unlock(&image);
    return (int)after(&call, result, 0);
}

int fsync(int fd) { return synced(fd, SYS_fsync); }

int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int opened(int folder, const char *name, int flags, mode_t mode) {
    struct call call = {.class = OPEN};
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (!writes) return (int)syscall(SYS_openat, folder, name, flags, mode);
    name_at(folder, name, call.path, sizeof call.path);
    if (reports[0] && strncmp(call.path, reports, strlen(reports)) == 0 && strstr(call.path, "/.tmp")) call.class = REPORT;
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    return (int)after(&call, syscall(SYS_openat, folder, name, flags, mode), 0);
}

#define WITH_MODE(flags)                                              \
    mode_t mode = 0;                                                  \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                            \
        va_list rest;                                                 \
        va_start(rest, flags);                                        \
        mode = va_arg(rest, mode_t);                                  \
        va_end(rest);                                                 \
    }

int open(const char *name, int flags, ...) {
    WITH_MODE(flags)
    return opened(AT_FDCWD, name, flags, mode);
}

int open64(const char *name, int flags, ...) {
    WITH_MODE(flags)
    return opened(AT_FDCWD, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...) {
    WITH_MODE(flags)
    return opened(folder, name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...) {
    WITH_MODE(flags)
    return opened(folder, name, flags, mode);
}

static int cut(int fd, off_t length, off_t from, int allocate) {
    struct call call = {.class = CUT};
    name_of(fd, call.path, sizeof call.path);
    int error = before(&call, (size_t)length);
    if (error) return (int)refuse(&call, error, (size_t)length);
    pthread_mutex_lock(&image);
    if (!allocate && wal[0] && strcmp(call.path, wal) == 0) {
        if (length < durable) durable = length;
        rewritten++;
    }
    long result = allocate ? syscall(SYS_fallocate, fd, 0, from, length) : syscall(SYS_ftruncate, fd, length);
    pthread_mutex_unlock(&image);
    return (int)after(&call, result, (size_t)length);
}

int ftruncate64(int fd, off_t length) { return cut(fd, length, 0, 0); }

int ftruncate(int fd, off_t length) { return cut(fd, length, 0, 0); }

int posix_fallocate(int fd, off_t from, off_t length) { return cut(fd, length, from, 1) == 0 ? 0 : errno; }

int posix_fallocate64(int fd, off_t from, off_t length) { return posix_fallocate(fd, from, length); }

static int removed(int folder, const char *name, int flags) {
    struct call call = {.class = UNLINK};
    name_at(folder, name, call.path, sizeof call.path);
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    return (int)after(&call, syscall(SYS_unlinkat, folder, name, flags), 0);
}

int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }

int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }

int mkdir(const char *name, mode_t mode) {
    struct call call = {.class = MKDIR};
    name_at(AT_FDCWD, name, call.path, sizeof call.path);
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    return (int)after(&call, syscall(SYS_mkdirat, AT_FDCWD, name, mode), 0);
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
    struct call call = {.class = CONNECT};
    name_of(fd, call.path, sizeof call.path);
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    return (int)after(&call, syscall(SYS_connect, fd, to, length), 0);
}

ssize_t recv(int fd, void *bytes, size_t size, int flags) {
    struct call call = {.class = RECV};
    name_of(fd, call.path, sizeof call.path);
    int error = before(&call, 0);
    if (error) return refuse(&call, error, 0);
    return after(&call, syscall(SYS_recvfrom, fd, bytes, size, flags, NULL, NULL), 0);
}

int epoll_wait(int fd, struct epoll_event *list, int most, int timeout) {
    struct call call = {.class = WAIT, .path = ""};
    int error = before(&call, 0);
    if (error) return (int)refuse(&call, error, 0);
    return (int)after(&call, syscall(SYS_epoll_pwait, fd, list, most, timeout, NULL, 8), 0);
}
