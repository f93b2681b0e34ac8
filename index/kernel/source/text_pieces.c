/* The pieces of a stored text by position: index/analysis/cut_text.py and search/hits/stored_text.py
   in C. A block of the text is cut when a position in it is asked for. */
#include "excerpts.h"

/* A piece of the text, with the positions of its first word and of the word behind its last. */
typedef struct {
  u32 start, end, kind, first, behind;
} TextPiece;

static u64 block_end(const Excerpt *x, u64 block) {
  return block + 1 < x->blocks ? x->checkpoints[block + 1].start : x->size;
}

/* Whether the checkpoints, which come from a file, divide the text. */
static int are_checkpoints(const Excerpt *x) {
  const Checkpoint *at = x->checkpoints;
  if (!x->blocks || at[0].position || at[0].start) return 0;
  Checkpoint last = at[x->blocks - 1];
  if (last.start >= x->size || last.position + x->size > 0xFFFFFFFF) return 0;
  for (u64 i = 1; i < x->blocks; i++)
    if (at[i].position < at[i - 1].position || at[i].start <= at[i - 1].start) return 0;
  return 1;
}

/* Cut a block. Return whether it is cut; if not, the patterns must do it. */
static int cut_block(Excerpt *x, const u16 *classes, u64 block) {
  if (x->cut[block].pieces) return 1;
  u64 at = x->checkpoints[block].start;
  Cut cut = {x->codes, classes, x->starts + at, x->ends + at, x->kinds + at, x->firsts + at,
             at, block_end(x, block), 0, x->checkpoints[block].position};
  if (!dalil_may_have_address(&cut)) dalil_cut(&cut);
  if (cut.at < cut.end) {
    x->block = block + 1;
    return 0;
  }
  if (block + 1 < x->blocks && cut.words != x->checkpoints[block + 1].position) return 0;
  x->cut[block] = (CutBlock){(u32)cut.pieces + 1, (u32)cut.words};
  return 1;
}

/* The last block that begins at a position or before. */
static u64 block_of(const Excerpt *x, u32 position) {
  return last_up_to(&x->checkpoints[0].position, 2, x->blocks, position);
}

static TextPiece piece_of(const Excerpt *x, u64 block, u64 number) {
  u64 at = x->checkpoints[block].start + number;
  CutBlock cut = x->cut[block];
  u32 behind = number + 2 < cut.pieces ? x->firsts[at + 1] : cut.behind;
  return (TextPiece){x->starts[at], x->ends[at], x->kinds[at], x->firsts[at], behind};
}

/* The piece with a position. Return 1; 0 for a position that the text does not have, CANNOT for
   one of a block that the kernel cannot cut. */
static int find_piece(Excerpt *x, const Wanted *wanted, u32 position, TextPiece *piece) {
  u64 block = block_of(x, position);
  if (!cut_block(x, wanted->classes, block)) return CANNOT;
  CutBlock cut = x->cut[block];
  if (cut.pieces == 1 || position >= cut.behind) return 0;
  const u32 *firsts = x->firsts + x->checkpoints[block].start;
  *piece = piece_of(x, block, last_up_to(firsts, 1, cut.pieces - 1, position));
  return 1;
}

/* The words that repeat the title at the beginning of a text. */
typedef struct {
  u32 positions;
  i64 end; /* of the last of them */
} Heading;

static int find_heading(Excerpt *x, const Wanted *wanted, Heading *heading) {
  for (u64 block = 0; block < x->blocks && x->checkpoints[block].start < x->title_end; block++) {
    if (!cut_block(x, wanted->classes, block)) return CANNOT;
    for (u64 i = 0; i + 1 < x->cut[block].pieces; i++) {
      TextPiece piece = piece_of(x, block, i);
      if (piece.start < x->title_end) heading->positions = piece.behind, heading->end = piece.end;
    }
  }
  return 0;
}
