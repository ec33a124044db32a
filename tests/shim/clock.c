/*
 * A clock that the tests set: an LD_PRELOAD library that adds to the time of day what stands in a file, which several
 * processes share. Clocks that only measure (CLOCK_MONOTONIC) and the times of files are left as they are. The program under
 * test is the one that ships; it knows nothing of this.
 *
 *   SHIM_CLOCK=PATH    eight bytes: the nanoseconds to add, as a signed number in the machine's byte order
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *offset;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SHIM_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) offset = page;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result != 0 || !offset || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)) return result;
    long long nanoseconds = now->tv_nsec + *offset % 1000000000LL;
    now->tv_sec += *offset / 1000000000LL;
    if (nanoseconds < 0) {
        nanoseconds += 1000000000LL;
        now->tv_sec -= 1;
    } else if (nanoseconds >= 1000000000LL) {
        nanoseconds -= 1000000000LL;
        now->tv_sec += 1;
    }
    now->tv_nsec = nanoseconds;
    return 0;
}

int gettimeofday(struct timeval *now, void *zone) {
    (void)zone;
    struct timespec exact;
    int result = clock_gettime(CLOCK_REALTIME, &exact);
    if (result == 0) {
        now->tv_sec = exact.tv_sec;
        now->tv_usec = exact.tv_nsec / 1000;
    }
    return result;
}

time_t time(time_t *place) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return (time_t)-1;
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
