/* What is shown of a text: its best fragments, the spans to highlight, and the first words that
   match. search/hits/snippet.py does the same in Python, and says why. */
#include "excerpts.h"

enum { MAX_EXAMINED = 5 }; /* as in snippet.py */

/* The first event at a position or behind. */
static u64 event_at(const Excerpt *x, u64 position) {
  u64 low = 0, high = x->event_count;
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (x->events[middle].place < position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The matches of a window that are in one story: what they show, and how many targets. */
typedef struct {
  u64 story, targets;
  u32 first, last, run;
} Group;

static void add_match(const Excerpt *x, const Wanted *wanted, Group *group, const TextPiece *piece,
                      u32 target) {
  if (piece->end - group->first <= wanted->width) group->last = piece->end;
  if (x->seen[target] == group->run) return;
  x->seen[target] = group->run;
  group->targets++;
}

/* Find the story with most targets of a window. Return 1; 0 if nothing is left of the window. */
static int find_group(Excerpt *x, const Wanted *wanted, Window window, u64 min_start,
                      Group *best) {
  Group group = {0};
  for (u64 target = 0; target < wanted->targets; target++) x->seen[target] = 0;
  u64 end = event_at(x, (u64)window.last + 1);
  for (u64 i = event_at(x, window.first); i < end; i++) {
    TextPiece piece;
    int found = find_piece(x, wanted, x->events[i].place, &piece);
    if (found < 0) return found;
    if (!found || piece.start < min_start) continue;
    u64 story = last_up_to(x->stories, 1, x->story_count, piece.start);
    if (!group.run || story != group.story)
      group = (Group){story, 0, piece.start, piece.end, group.run + 1};
    add_match(x, wanted, &group, &piece, x->events[i].target);
    if (group.targets > best->targets || group.run == best->run) *best = group;
  }
  return best->run != 0;
}

/* Add the spans of the matches within a fragment. */
static i64 add_spans(Excerpt *x, const Wanted *wanted, Fragment *fragment, u64 total) {
  u64 block = last_up_to(&x->checkpoints[0].start, 2, x->blocks, fragment->start);
  ShownSpan *spans = x->spans + total;
  for (u64 i = event_at(x, x->checkpoints[block].position); i < x->event_count; i++) {
    u64 of_event = block_of(x, x->events[i].place);
    if (x->checkpoints[of_event].start >= fragment->end) break;
    TextPiece piece;
    int found = find_piece(x, wanted, x->events[i].place, &piece);
    if (found < 0) return found;
    if (!found || piece.start < fragment->start || piece.end > fragment->end) continue;
    ShownSpan span = {piece.start - fragment->start, piece.end - fragment->start};
    if (fragment->spans && spans[fragment->spans - 1].start == span.start) continue;
    spans[fragment->spans++] = span;
  }
  return fragment->spans;
}

static void cut_fragment(Shown *text, Bounds bounds, u32 first, Fragment *fragment) {
  *fragment = (Fragment){(u32)bounds.start, (u32)bounds.end, first,
                         (u32)splits_sentence(text, bounds.start),
                         (u32)splits_sentence(text, bounds.end), 0};
}

/* Show the text around a group of matches. */
static void show_group(const Excerpt *x, const Wanted *wanted, Shown *text, const Group *group,
                       u64 min_start) {
  i64 top = x->stories[group->story];
  i64 bottom = group->story + 1 < x->story_count ? x->stories[group->story + 1] : text->size;
  Limits limits = {group->first, group->last, (i64)wanted->width, larger((i64)min_start, top)};
  Bounds bounds = extend_to_boundaries(text, &limits);
  if (bounds.end > bottom)
    bounds.end = larger(before_space(text, bottom), bounds.start);
  cut_fragment(text, bounds, group->first, x->shown + x->shown_count);
}

/* Show the beginning of a text without matches, behind its heading if there is more. */
static void show_opening(Excerpt *x, const Wanted *wanted, Shown *text, i64 heading_end) {
  Bounds bounds = opening_span(text, (i64)wanted->width, heading_end);
  if (bounds.start >= bounds.end) bounds = opening_span(text, (i64)wanted->width, 0);
  if (bounds.start < bounds.end)
    cut_fragment(text, bounds, (u32)bounds.start, x->shown + x->shown_count++);
}

static i64 show_windows(Excerpt *x, const Wanted *wanted, Shown *text, u64 windows) {
  u64 min_start = 0, spans = 0;
  for (u64 i = 0; i < windows; i++) {
    Group group = {0};
    int found = find_group(x, wanted, x->windows[i], min_start, &group);
    if (found < 0) return found;
    if (!found) continue;
    show_group(x, wanted, text, &group, min_start);
    Fragment *fragment = x->shown + x->shown_count++;
    i64 added = add_spans(x, wanted, fragment, spans);
    if (added < 0) return added;
    spans += (u64)added;
    min_start = fragment->end;
  }
  return 0;
}

/* The first words of each target. */
static i64 find_words(Excerpt *x, const Wanted *wanted) {
  u64 due = wanted->targets;
  for (u64 target = 0; target < wanted->targets; target++) x->seen[target] = 0;
  for (u64 i = 0; i < x->event_count && due; i++) {
    Event event = x->events[i];
    if (x->seen[event.target] == MAX_EXAMINED) continue;
    if (++x->seen[event.target] == MAX_EXAMINED) due--;
    TextPiece piece;
    int found = find_piece(x, wanted, event.place, &piece);
    if (found < 0) return found;
    if (!found) continue;
    x->found[x->found_count++] = (FoundWord){event.target, piece.start, piece.end, piece.kind,
                                             event.place - piece.first};
  }
  return 0;
}

static void begin(Excerpt *x) {
  for (u64 block = 0; x->is_new && block < x->blocks; block++) x->cut[block] = (CutBlock){0, 0};
  x->is_new = 0, x->block = NO_BLOCK, x->shown_count = x->found_count = 0;
}

/* Find what is shown of a text. Return 0, or CANNOT: if the patterns must cut a `block` first, the
   caller does that and calls again; if there is none, Python must do it all. */
API i64 dalil_excerpt(const u32 *codes, Excerpt *x, const Wanted *wanted) {
  Shown text = {codes, wanted->classes, (i64)x->size, 0};
  Heading heading = {0, 0};
  x->codes = codes;
  begin(x);
  if (!are_checkpoints(x) || find_heading(x, wanted, &heading) < 0) return CANNOT;
  u64 windows = choose_windows(x, wanted, heading.positions);
  if (!windows) show_opening(x, wanted, &text, heading.end);
  if (show_windows(x, wanted, &text, windows) < 0 || find_words(x, wanted) < 0) return CANNOT;
  return text.is_unsure ? CANNOT : 0;
}
