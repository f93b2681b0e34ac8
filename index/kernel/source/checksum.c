/* CRC-32 of zlib (polynomial EDB88320, reflected), eight bytes a step: M. Kounavis and F. Berry,
   "A systematic approach to building high performance software-based CRC generators", 2005. */
#include "kernel.h"

static u32 crc_table[8][256];

static void crc_prepare(void) {
  for (u32 n = 0; n < 256; n++) {
    u32 sum = n;
    for (int bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xEDB88320u ^ (sum >> 1) : sum >> 1;
    crc_table[0][n] = sum;
  }
  for (u32 n = 0; n < 256; n++)
    for (int step = 1; step < 8; step++)
      crc_table[step][n] = crc_table[0][crc_table[step - 1][n] & 255] ^ (crc_table[step - 1][n] >> 8);
}

static u32 crc32(const u8 *bytes, u64 count) {
  if (!crc_table[0][1]) crc_prepare();
  u32 sum = 0xFFFFFFFFu;
  for (; count >= 8; count -= 8, bytes += 8) {
    u32 low = sum ^ ((u32)bytes[0] | (u32)bytes[1] << 8 | (u32)bytes[2] << 16 | (u32)bytes[3] << 24);
    sum = crc_table[7][low & 255] ^ crc_table[6][low >> 8 & 255] ^ crc_table[5][low >> 16 & 255] ^
          crc_table[4][low >> 24] ^ crc_table[3][bytes[4]] ^ crc_table[2][bytes[5]] ^
          crc_table[1][bytes[6]] ^ crc_table[0][bytes[7]];
  }
  for (; count; count--, bytes++) sum = crc_table[0][(sum ^ *bytes) & 255] ^ (sum >> 8);
  return ~sum;
}

/* The CRC-32 of some bytes: for the tests, which compare it with zlib's. */
API u32 dalil_crc32(const u8 *bytes, u64 count) { return crc32(bytes, count); }
