/* The weight of a term in a whole index. */
#include "kernel.h"

/* ln of a number that is 1 or more, to the last bit or two: its exponent, and a series. */
static double logarithm(double number) {
  union {
    double value;
    u64 bits;
  } parts = {number};
  int exponent = (int)(parts.bits >> 52) - 1023;
  parts.bits = (parts.bits & 0xFFFFFFFFFFFFFull) | 0x3FF0000000000000ull;
  double part = parts.value;
  if (part > 1.4142135623730951) {
    part *= 0.5;
    exponent++;
  }
  double ratio = (part - 1) / (part + 1), square = ratio * ratio, sum = 0;
  for (int k = 23; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
  return 2 * ratio * sum + exponent * 0.6931471805599453;
}

/* search/ranking/bm25.py: never negative. */
static double idf(double documents, double frequency) {
  return logarithm(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}
