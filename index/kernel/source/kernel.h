/* What every part of the kernel shares. C11 without a C library and without Python's headers:
   callers own all memory, and every number that was read from a file is checked before it is
   used as an index. A part that does a job is a .c file, which kernel.c includes. */
#ifndef DALIL_KERNEL_H
#define DALIL_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

/* Of a function that a loop seldom calls: the loop is faster without its code. */
#define SELDOM __attribute__((noinline))

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int32_t i32;
typedef int64_t i64;

/* Results below zero; 0 and above are numbers of things. index/kernel/library.py has the same. */
enum {
  CORRUPT = -1, /* a number that was read from a file cannot be right */
  CANNOT = -2,  /* the caller's own way must do it */
  NO_ROOM = -3, /* the caller makes more room and calls again */
};

#endif
