/* The whole kernel as one unit: what compiles it sees all of it, and only API names go out. */
#include "memory.c"

#include "checksum.c"
#include "names.c"
#include "words.c"
