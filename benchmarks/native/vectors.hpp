// Vectors of floats of any width the compiler knows, and the few operations the kernels need.
#pragma once

#include <cstring>
#include <utility>
#include <immintrin.h>

#if defined(__AVX512F__)
inline constexpr int Lanes = 16;
#elif defined(__AVX2__) && defined(__FMA__)
inline constexpr int Lanes = 8;
#else
inline constexpr int Lanes = 4;
#endif

#define INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 64")

template <int N>
struct VectorOf
{
    typedef float type __attribute__((vector_size(N * sizeof(float))));
};

template <int N>
using Vec = typename VectorOf<N>::type;

template <int N>
INLINE Vec<N> load(const float *from)
{
    Vec<N> value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

template <class V>
INLINE void store(float *to, V value)
{
    std::memcpy(to, &value, sizeof value);
}

/// x in every lane.
template <int N>
INLINE Vec<N> all(float x)
{
    return x - Vec<N>{};
}

// By name, because min and max written as comparisons become a compare and a blend.
INLINE Vec<4> minimum(Vec<4> a, Vec<4> b) { return (Vec<4>)_mm_min_ps((__m128)a, (__m128)b); }
INLINE Vec<4> maximum(Vec<4> a, Vec<4> b) { return (Vec<4>)_mm_max_ps((__m128)a, (__m128)b); }
#if defined(__AVX__)
INLINE Vec<8> minimum(Vec<8> a, Vec<8> b) { return (Vec<8>)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE Vec<8> maximum(Vec<8> a, Vec<8> b) { return (Vec<8>)_mm256_max_ps((__m256)a, (__m256)b); }
#endif
#if defined(__AVX512F__)
INLINE Vec<16> minimum(Vec<16> a, Vec<16> b) { return (Vec<16>)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE Vec<16> maximum(Vec<16> a, Vec<16> b) { return (Vec<16>)_mm512_max_ps((__m512)a, (__m512)b); }
#endif

/// N of the lanes of a vector, from First on.
template <int N, int First, class V, int... I>
INLINE Vec<N> part(V value, std::integer_sequence<int, I...>)
{
    return __builtin_shufflevector(value, value, First + I...);
}

template <int N, int First, class V>
INLINE Vec<N> part(V value)
{
    if constexpr (N * sizeof(float) == sizeof(V))
    {
        return value;
    }
    else
    {
        return part<N, First>(value, std::make_integer_sequence<int, N>());
    }
}
