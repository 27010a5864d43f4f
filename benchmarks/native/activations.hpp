// tanh as x P(x^2) / Q(x^2), the rational of degree 9/8 of docs/numerics.md; sigma(z) = 1/2 + 1/2 tanh(z/2).
#pragma once

#include "vectors.hpp"

/// A quotient whose division is put off, so that several can share one.
template <int N>
struct Fraction
{
    Vec<N> over;
    Vec<N> under;
};

/// tanh(scale x). The scale is a power of two and goes into the constants, which rounds nothing.
template <int N>
INLINE Fraction<N> tanh_fraction(Vec<N> x, const float scale = 1.0f)
{
    const float s2 = scale * scale;
    const float s4 = s2 * s2;
    const float s6 = s4 * s2;
    const float s8 = s4 * s4;
    x = maximum(minimum(x, all<N>(8.1f / scale)), all<N>(-8.1f / scale));
    Vec<N> u = x * x;
    Vec<N> u2 = u * u;
    Vec<N> p = ((1.8284037e-8f * s8 * scale * u2 + (2.6470385e-5f * s6 * scale * u + 0.0043345117f * s4 * scale)) * u2) + (0.16342875f * s2 * scale * u + 1.2161391f * scale);
    Vec<N> q = ((1.0271922e-6f * s8 * u2 + (4.1335114e-4f * s6 * u + 0.03178555f * s4)) * u2) + (0.5688084f * s2 * u + 1.2161391f);
    return {x * p, q};
}

/// sigma(z) = (under + over) / (2 under) of tanh(z/2).
template <int N>
INLINE Fraction<N> sigma_fraction(Vec<N> z)
{
    Fraction<N> half = tanh_fraction<N>(z, 0.5f);
    return {half.under + half.over, half.under + half.under};
}

template <int N>
INLINE Vec<N> tanh(Vec<N> x)
{
    Fraction<N> y = tanh_fraction<N>(x);
    return y.over / y.under;
}

template <int N>
INLINE Vec<N> sigma(Vec<N> z)
{
    Fraction<N> half = tanh_fraction<N>(z, 0.5f);
    return 0.5f * (half.over / half.under) + 0.5f;
}
