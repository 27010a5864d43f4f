// tanh as x P(x^2) / Q(x^2), the rational of degree 9/8 of docs/numerics.md; sigma(z) = 1/2 + 1/2 tanh(z/2).
#pragma once

#include "vectors.hpp"

template <int N>
INLINE Vec<N> tanh(Vec<N> x)
{
    x = maximum(minimum(x, all<N>(8.1f)), all<N>(-8.1f));
    Vec<N> u = x * x;
    Vec<N> u2 = u * u;
    Vec<N> p = ((1.8284037e-8f * u2 + (2.6470385e-5f * u + 0.0043345117f)) * u2) + (0.16342875f * u + 1.2161391f);
    Vec<N> q = ((1.0271922e-6f * u2 + (4.1335114e-4f * u + 0.03178555f)) * u2) + (0.5688084f * u + 1.2161391f);
    return x * p / q;
}

template <int N>
INLINE Vec<N> sigma(Vec<N> z)
{
    return 0.5f * tanh<N>(0.5f * z) + 0.5f;
}
