// One copy of a function for each instruction set, chosen when the program is loaded. Sanitizers cannot run the chooser
// that early, and other processors have no such copies: there, one portable copy. Sums over an index that the loop does
// not run along are the same in all copies, for products and sums are never fused.
#ifndef LIANHU_SRC_BASE_VECTOR_CLONES_H_
#define LIANHU_SRC_BASE_VECTOR_CLONES_H_

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define LIANHU_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LIANHU_VECTOR_CLONES
#endif

#endif  // LIANHU_SRC_BASE_VECTOR_CLONES_H_
