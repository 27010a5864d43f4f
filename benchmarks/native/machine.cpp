// What this core can do, measured: the figures that bounds on a step are computed from.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "step.hpp"

namespace
{
/// Nanoseconds of the body, the least of many runs.
template <class Body>
double least(Body body)
{
    double best = 1e300;
    for (int run = 0; run < 300; run++)
    {
        auto start = std::chrono::steady_clock::now();
        body();
        best = std::min(best, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
    }

    return best;
}

/// Takes a value out of the compiler's sight.
template <class V>
INLINE void keep(V &value)
{
    asm volatile("" : "+x"(value));
}
} // namespace

extern "C"
{
    /// Floats to a vector.
    int machine_lanes() { return Lanes; }

    /// Vector multiply-adds a nanosecond.
    double machine_fma()
    {
        constexpr int chains = 12;
        constexpr int rounds = 10000;
        double time = least([] {
            Vec<Lanes> sums[chains] = {};
            Vec<Lanes> factor = all<Lanes>(0.999f);
            keep(factor);
            for (int round = 0; round < rounds; round++)
            {
                UNROLL for (int i = 0; i < chains; i++)
                {
                    sums[i] = sums[i] * factor + factor;
                    keep(sums[i]);
                }
            }
        });
        return chains * rounds / time;
    }

    /// Nanoseconds from a multiply-add to one that waits for it.
    double machine_fma_latency()
    {
        constexpr int rounds = 20000;
        return least([] {
                   Vec<Lanes> sum = {};
                   Vec<Lanes> factor = all<Lanes>(0.999f);
                   keep(factor);
                   for (int round = 0; round < rounds; round++)
                   {
                       sum = sum * factor + factor;
                       keep(sum);
                   }
               })
            / rounds;
    }

    /// Bytes a nanosecond, read over and over from that many.
    double machine_load(int bytes)
    {
        constexpr int unrolled = 16;
        int count = bytes / (int)sizeof(float) / (unrolled * Lanes) * (unrolled * Lanes);
        float *values = static_cast<float *>(std::aligned_alloc(64, bytes));
        std::fill(values, values + bytes / sizeof(float), 1.0f);
        int rounds = std::max(1, 4000000 / bytes);
        double time = least([&] {
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < count; i += unrolled * Lanes)
                {
                    UNROLL for (int j = 0; j < unrolled; j++)
                    {
                        Vec<Lanes> value = load<Lanes>(values + i + j * Lanes);
                        keep(value);
                    }
                }
            }
        });
        std::free(values);
        return (double)rounds * count * sizeof(float) / time;
    }

    /// Nanoseconds from the sums of a step to an input of the next: gates, ltm, tanh, wm stored and read back as a factor.
    double machine_activation_latency()
    {
        constexpr int rounds = 5000;
        alignas(64) float wm[Lanes] = {};
        alignas(64) float ltm[Lanes] = {};
        return least([&] {
                   for (int round = 0; round < rounds; round++)
                   {
                       Vec<Lanes> z = all<Lanes>(wm[0]);
                       store(wm, remember<Lanes>(sigma_fraction<Lanes>(z), sigma_fraction<Lanes>(z), sigma_fraction<Lanes>(z), tanh_fraction<Lanes>(z), ltm));
                       asm volatile("" ::"r"(wm), "r"(ltm) : "memory");
                   }
               })
            / rounds;
    }
}
