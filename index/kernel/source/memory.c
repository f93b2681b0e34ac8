/* The four functions that a C compiler may call wherever it likes; no C library is linked. */
#include "kernel.h"

__attribute__((no_builtin("memcpy"))) void *memcpy(void *restrict to, const void *restrict from,
                                                   size_t count) {
  u8 *restrict out = to;
  const u8 *restrict in = from;
  for (size_t i = 0; i < count; i++) out[i] = in[i];
  return to;
}

__attribute__((no_builtin("memset"))) void *memset(void *to, int value, size_t count) {
  u8 *out = to;
  for (size_t i = 0; i < count; i++) out[i] = (u8)value;
  return to;
}

__attribute__((no_builtin("memmove", "memcpy"))) void *memmove(void *to, const void *from,
                                                               size_t count) {
  u8 *out = to;
  const u8 *in = from;
  if (out <= in)
    for (size_t i = 0; i < count; i++) out[i] = in[i];
  else
    for (size_t i = count; i-- > 0;) out[i] = in[i];
  return to;
}

__attribute__((no_builtin("memcmp", "bcmp"))) int memcmp(const void *first, const void *second,
                                                         size_t count) {
  const u8 *a = first, *b = second;
  for (size_t i = 0; i < count; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

#ifdef _WIN32
/* Windows calls the entry point of a library; there is nothing to set up. */
API int DllMainCRTStartup(void *library, u32 reason, void *reserved) {
  (void)library, (void)reason, (void)reserved;
  return 1;
}
#endif
