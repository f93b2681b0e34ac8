/* The whole kernel as one unit: what compiles it sees all of it, and only API names go out. */
#include "memory.c"

#include "checksum.c"
#include "pieces.c"
#include "pronunciations.c"
#include "name_keys.c"
#include "names.c"
#include "stems.c"
#include "words.c"
#include "strings.c"
#include "chunks.c"
#include "inversion.c"
