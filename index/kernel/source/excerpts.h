/* What a query wants of every text, a text, and what is found in it; search/hits/excerpt.py has the
   same structures. */
#ifndef DALIL_EXCERPTS_H
#define DALIL_EXCERPTS_H

#include "kernel.h"

enum { NO_BLOCK = 0 };

/* A target at a position of the text. */
typedef struct {
  u32 place, target;
} Event;

/* What a query wants of every text. */
typedef struct {
  const double *weights; /* of the targets */
  u64 targets;
  u64 fragments; /* as many as are wanted */
  u64 width;     /* characters of each, or so */
  u64 reach;     /* positions within which matches are shown together */
  const u16 *classes;
} Wanted;

/* A block of the text: its first position and its first character. */
typedef struct {
  u32 position, start;
} Checkpoint;

/* What a block was cut into: 1 + its pieces, or 0 as long as it is not cut, and the position
   behind its last word. */
typedef struct {
  u32 pieces, behind;
} CutBlock;

/* The first and the last position of a group of matches. */
typedef struct {
  u32 first, last;
} Window;

/* A fragment: its span, where its first match begins, and what it cuts. */
typedef struct {
  u32 start, end, first;
  u32 is_cut_before, is_cut_behind;
  u32 spans; /* how many of all spans are in it */
} Fragment;

/* A word that matches: the target, its piece, and which word of the piece it is. */
typedef struct {
  u32 target, start, end, kind, word;
} FoundWord;

typedef struct {
  u32 start, end;
} ShownSpan;

/* A text, and what is found in it. The caller owns all; the arrays of pieces have a place for
   each character, and the pieces of a block begin at the place of its first. */
typedef struct {
  const u32 *codes;
  u64 size;
  u32 *starts, *ends, *kinds, *firsts;
  const Checkpoint *checkpoints;
  u64 blocks;
  CutBlock *cut;       /* room for all blocks */
  const Event *events; /* by position */
  u64 event_count;
  const u32 *stories;  /* the first character of each */
  u64 story_count;
  u64 title_end;       /* the end of the title that the text begins with; 0 if it does not */
  double *worth;       /* room for one each target */
  u32 *seen;           /* likewise */
  Event *left;         /* room for all events */
  Window *windows;     /* room for as many as fragments are wanted */
  Fragment *shown;     /* likewise */
  ShownSpan *spans;    /* room for one each event */
  FoundWord *found;    /* room for MAX_EXAMINED each target, or one each event */
  u64 shown_count, found_count;
  u64 is_new;          /* whether no block is cut */
  u64 block;           /* 1 + the block that the patterns must cut; NO_BLOCK for none */
} Excerpt;

/* The last of ascending numbers that is at most `most`; the first if none is. Numbers are `step`
   apart. */
static u64 last_up_to(const u32 *numbers, u64 step, u64 count, u32 most) {
  u64 low = 0, high = count;
  while (high - low > 1) {
    u64 middle = (low + high) / 2;
    if (numbers[middle * step] <= most)
      low = middle;
    else
      high = middle;
  }
  return low;
}

#endif
