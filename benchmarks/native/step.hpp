// One time step: the kernel of the step, of a sequence and of the recorded sequence.
#pragma once

#include "activations.hpp"
#include "layout.hpp"

/// What a step leaves for the way back: the gates in the order of the layout, then tanh(ltm), ltm and wm.
template <int D>
struct Record
{
    float gates[Gates * D];
    float tanh_ltm[D];
    float ltm[D];
    float wm[D];
};

/// z = b + W x + U wm of one group.
template <int P, int D>
INLINE void product(const float *__restrict w, const float *__restrict x, const float *__restrict wm,
                    Vec<Lanes> (&z)[Layout<P, D>::group_lanes / Lanes])
{
    constexpr int stride = Layout<P, D>::group_lanes;
    constexpr int vectors = stride / Lanes;
    constexpr int chains = Tuning<P, D>::chains;
    Vec<Lanes> sums[chains][vectors] = {};
    UNROLL for (int v = 0; v < vectors; v++)
    {
        sums[0][v] = load<Lanes>(w + v * Lanes);
    }

    w += stride;
    UNROLL for (int k = 0; k < P; k++)
    {
        Vec<Lanes> input = all<Lanes>(x[k]);
        UNROLL for (int v = 0; v < vectors; v++)
        {
            sums[k % chains][v] += input * load<Lanes>(w + k * stride + v * Lanes);
        }
    }

    w += P * stride;
    constexpr int unrolled = D * vectors <= 300 ? D : 8;
    for (int start = 0; start < D; start += unrolled)
    {
        UNROLL for (int k = 0; k < unrolled; k++)
        {
            Vec<Lanes> input = all<Lanes>(wm[start + k]);
            UNROLL for (int v = 0; v < vectors; v++)
            {
                sums[k % chains][v] += input * load<Lanes>(w + (start + k) * stride + v * Lanes);
            }
        }
    }

    UNROLL for (int v = 0; v < vectors; v++)
    {
        if constexpr (chains == 4)
        {
            z[v] = (sums[0][v] + sums[1][v]) + (sums[2][v] + sums[3][v]);
        }
        else if constexpr (chains == 2)
        {
            z[v] = sums[0][v] + sums[1][v];
        }
        else
        {
            z[v] = sums[0][v];
        }
    }
}

/// (4) and (6) for N units from their gates.
template <int N>
INLINE Vec<N> remember(Vec<N> rem, Vec<N> save, Vec<N> focus, Vec<N> cand, float *ltm, float *tanh_ltm)
{
    Vec<N> memory = rem * load<N>(ltm) + save * cand;
    store(ltm, memory);
    Vec<N> squashed = tanh<N>(memory);
    if (tanh_ltm != nullptr)
    {
        store(tanh_ltm, squashed);
    }

    return focus * squashed;
}

/// The same with two divisions instead of five, for a step that leaves no gates behind.
template <int N>
INLINE Vec<N> remember(Fraction<N> rem, Fraction<N> save, Fraction<N> focus, Fraction<N> cand, float *ltm)
{
    Vec<N> under = save.under * cand.under;
    Vec<N> memory = (rem.over * load<N>(ltm) * under + save.over * cand.over * rem.under) / (rem.under * under);
    store(ltm, memory);
    Fraction<N> squashed = tanh_fraction<N>(memory);
    return (focus.over * squashed.over) / (focus.under * squashed.under);
}

/// Activates the gates of the tile whose sums begin at z[First], and steps its units.
template <int Units, int First, bool Recorded, class Sums>
INLINE void activate(Sums &z, float *ltm, float *wm, float *gates, float *tanh_ltm)
{
    if constexpr (Units >= Lanes)
    {
        constexpr int count = Units / Lanes;
        UNROLL for (int v = 0; v < count; v++)
        {
            Vec<Lanes> next;
            if constexpr (Recorded)
            {
                Vec<Lanes> rem = sigma<Lanes>(z[First + v]);
                Vec<Lanes> save = sigma<Lanes>(z[First + count + v]);
                Vec<Lanes> focus = sigma<Lanes>(z[First + 2 * count + v]);
                Vec<Lanes> cand = tanh<Lanes>(z[First + 3 * count + v]);
                store(gates + v * Lanes, rem);
                store(gates + Units + v * Lanes, save);
                store(gates + 2 * Units + v * Lanes, focus);
                store(gates + 3 * Units + v * Lanes, cand);
                next = remember<Lanes>(rem, save, focus, cand, ltm + v * Lanes, tanh_ltm + v * Lanes);
            }
            else
            {
                next = remember<Lanes>(
                    sigma_fraction<Lanes>(z[First + v]), sigma_fraction<Lanes>(z[First + count + v]), sigma_fraction<Lanes>(z[First + 2 * count + v]),
                    tanh_fraction<Lanes>(z[First + 3 * count + v]), ltm + v * Lanes);
            }

            store(wm + v * Lanes, next);
        }
    }
    else
    {
        // Several gates to a vector: one tanh with a factor a lane, 1/2 where a sigma is made from it.
        constexpr int count = Gates * Units / Lanes;
        Vec<Lanes> gate[count];
        UNROLL for (int v = 0; v < count; v++)
        {
            Vec<Lanes> factor;
            for (int i = 0; i < Lanes; i++)
            {
                factor[i] = v * Lanes + i < Candidate * Units ? 0.5f : 1.0f;
            }

            gate[v] = factor * tanh<Lanes>(factor * z[First + v]) + (1.0f - factor);
            if constexpr (Recorded)
            {
                store(gates + v * Lanes, gate[v]);
            }
        }

        constexpr int per = Lanes / Units;
        Vec<Units> rem = part<Units, 0>(gate[0]);
        Vec<Units> save = part<Units, Units>(gate[0]);
        Vec<Units> focus = part<Units, 2 % per * Units>(gate[2 / per]);
        Vec<Units> cand = part<Units, 3 % per * Units>(gate[3 / per]);
        store(wm, remember<Units>(rem, save, focus, cand, ltm, Recorded ? tanh_ltm : nullptr));
    }
}

template <int Units, bool Recorded, int First = 0, class Sums>
INLINE void activate_tiles(Sums &z, float *ltm, float *wm, float *gates, float *tanh_ltm)
{
    constexpr int tile = tile_units(Units);
    activate<tile, First, Recorded>(z, ltm, wm, gates, tanh_ltm);
    if constexpr (Units > tile)
    {
        activate_tiles<Units - tile, Recorded, First + Gates * tile / Lanes>(
            z, ltm + tile, wm + tile, gates + (Recorded ? Gates * tile : 0), tanh_ltm + (Recorded ? tile : 0));
    }
}

/// One step. `next` may not be `wm` where there are several groups; `back` walks the groups from the last.
template <int P, int D, bool Recorded>
INLINE void step(const float *w, const float *x, const float *wm, float *ltm, float *next, bool back, Record<D> *record)
{
    using Shape = Layout<P, D>;
    constexpr int units = Shape::group;
    for (int i = 0; i < Shape::groups; i++)
    {
        int group = Tuning<P, D>::turns && back ? Shape::groups - 1 - i : i;
        Vec<Lanes> z[Shape::group_lanes / Lanes];
        product<P, D>(w + group * Shape::group_size, x, wm, z);
        activate_tiles<units, Recorded>(
            z, ltm + group * units, next + group * units,
            Recorded ? record->gates + group * Gates * units : nullptr,
            Recorded ? record->tanh_ltm + group * units : nullptr);
    }
}
