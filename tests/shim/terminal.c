/*
 * Terminals that are none: an LD_PRELOAD library by which a program takes pipes for a terminal, so that a test can answer what
 * it asks a person.
 *
 *   SHIM_TERMINALS=012    the descriptors that are terminals; all others are not
 */
#include <stdlib.h>
#include <string.h>

int isatty(int descriptor) {
    const char *terminals = getenv("SHIM_TERMINALS");
    return terminals && descriptor >= 0 && descriptor <= 9 && strchr(terminals, '0' + descriptor) != NULL;
}
