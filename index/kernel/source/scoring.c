/* What documents score for a node of a query. */
#include "kernel.h"

static void score_children(Run *run, u32 index, double factor, Docs docs, double *totals) {
  const Node *nodes = run->plan->nodes;
  for (u32 child = index + 1; child < nodes[index].next; child = nodes[child].next)
    score_node(run, child, factor, docs, totals);
}

/* Scores those of the documents that match the node. */
static void score_matching(Run *run, u32 index, double factor, Docs docs, double *totals) {
  Docs matching = filtered(run->work, docs, node_docs(run, index), 1);
  const double *own = scores_of(run, index, matching);
  if (!own) return;
  for (u32 i = 0, at = 0; i < matching.count; i++) {
    while (docs.documents[at] != matching.documents[i]) at++;
    totals[at] += own[i] * factor;
  }
}

/* Scores documents that all match a node; of an ANY, and a term, those that match are found. */
static void score_node(Run *run, u32 index, double factor, Docs docs, double *totals) {
  const Node *node = &run->plan->nodes[index];
  const Node *nodes = run->plan->nodes;
  switch (node->kind) {
    case ANY:
      for (u32 child = index + 1; child < node->next; child = nodes[child].next) {
        int finds = nodes[child].kind == ANY || nodes[child].kind == TERM ||
                    is_set(&nodes[child]) || nodes[child].kind == GIVEN;
        if (finds) score_node(run, child, factor, docs, totals);
        else score_matching(run, child, factor, docs, totals);
      }
      return;
    case FILTER: return;
    case EVERY:
      for (u32 i = 0; i < docs.count; i++) totals[i] += factor * node->weight;
      return;
    case ALL:
    case PHRASE: score_children(run, index, factor, docs, totals); return;
    case EXCLUDE: score_node(run, index + 1, factor, docs, totals); return;
    case OPTIONAL:
      score_node(run, index + 1, factor, docs, totals);
      score_matching(run, nodes[index + 1].next, factor, docs, totals);
      return;
    default: add_scores(run->work, node_postings(run, index), factor, docs, totals);
  }
}
