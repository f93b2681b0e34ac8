/* The pages of a mapped file, each verified against its CRC-32 before its bytes are used. */
#include "kernel.h"

#define PAGE_SHIFT 12

/* A file up to where its checksums begin. index/codec/page_checksums.py has the same. */
typedef struct {
  const u8 *bytes;
  u64 size;
  const u32 *checksums;
  u8 *verified; /* 1 for each page that was verified */
  u64 pages;
} File;

static int verify_page(const File *file, u64 page) {
  u64 begin = page << PAGE_SHIFT, left = file->size - begin;
  u64 count = left < (1 << PAGE_SHIFT) ? left : 1 << PAGE_SHIFT;
  if (crc32(file->bytes + begin, count) != file->checksums[page]) return 0;
  return file->verified[page] = 1;
}

/* Whether `count` bytes of the file from `start` on are what was written. A build for tests with
   damaged arrays that are in no file says yes. */
static inline int is_intact(const File *file, const void *start, u64 count) {
#ifdef DALIL_UNVERIFIED
  return 1;
#endif
  if (!count) return 1;
  u64 begin = (u64)((const u8 *)start - file->bytes), last = (begin + count - 1) >> PAGE_SHIFT;
  if (last >= file->pages) return 0;
  for (u64 page = begin >> PAGE_SHIFT; page <= last; page++)
    if (!file->verified[page] && !verify_page(file, page)) return 0;
  return 1;
}
