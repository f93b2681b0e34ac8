/* The groups of matches of a text that are worth most: _best_windows of search/hits/snippet.py. */
#include "excerpts.h"

static const double SHOWN_BEFORE_FACTOR = 0.25, REPEATED_FACTOR = 0.1;

/* What a target adds or takes away that the window has `count` times beside. */
static double worth_of(const Excerpt *x, u32 target, u32 count) {
  return x->worth[target] * (count ? REPEATED_FACTOR : 1.0);
}

/* The first and the last of `count` events that are worth most together. */
static Window best_window(const Excerpt *x, const Wanted *wanted, u64 count) {
  const Event *left = x->left;
  Window bounds = {0, 0};
  double best = -1.0, value = 0.0;
  for (u64 target = 0; target < wanted->targets; target++) x->seen[target] = 0;
  for (u64 high = 0, low = 0; high < count; high++) {
    u32 target = left[high].target;
    value += worth_of(x, target, x->seen[target]++);
    for (; left[high].place - left[low].place >= wanted->reach; low++)
      value -= worth_of(x, left[low].target, --x->seen[left[low].target]);
    if (value > best + 1e-9) best = value, bounds = (Window){(u32)low, (u32)high};
  }
  return bounds;
}

/* The events that are farther than `reach` from a window. */
static u64 keep_others(const Excerpt *x, u64 count, Window window, u64 reach) {
  u64 kept = 0;
  for (u64 i = 0; i < count; i++) {
    u64 place = x->left[i].place;
    if (place + reach < window.first || place > window.last + reach) x->left[kept++] = x->left[i];
  }
  return kept;
}

static void insert_window(const Excerpt *x, u64 windows, Window window) {
  u64 at = windows;
  for (; at && x->windows[at - 1].first > window.first; at--) x->windows[at] = x->windows[at - 1];
  x->windows[at] = window;
}

/* Choose the best groups of matches behind the heading, or of all if there are none. */
static u64 choose_windows(const Excerpt *x, const Wanted *wanted, u32 heading) {
  u64 from = 0, windows = 0;
  while (from < x->event_count && x->events[from].place < heading) from++;
  if (from == x->event_count) from = 0;
  u64 count = x->event_count - from;
  for (u64 i = 0; i < count; i++) x->left[i] = x->events[from + i];
  for (u64 target = 0; target < wanted->targets; target++)
    x->worth[target] = wanted->weights[target];
  while (count && windows < wanted->fragments) {
    Window bounds = best_window(x, wanted, count);
    Window window = {x->left[bounds.first].place, x->left[bounds.last].place};
    for (u64 i = bounds.first; i <= bounds.last; i++) {
      u32 target = x->left[i].target;
      double shown = wanted->weights[target] * SHOWN_BEFORE_FACTOR;
      if (shown < x->worth[target]) x->worth[target] = shown;
    }
    insert_window(x, windows++, window);
    count = keep_others(x, count, window, wanted->reach);
  }
  return windows;
}
