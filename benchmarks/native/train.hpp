// Forward and backward through T steps of N sequences. Everything is [step][sequence][...].
#pragma once

#include <algorithm>
#include <cstddef>

#include "step.hpp"

/// Splits `count` sequences into tiles of `Most`, the last two or one of fewer: none of one where two of half are to be had.
template <int Most, class Body>
INLINE void by_tiles(int count, Body body)
{
    int n = 0;
    for (; count - n >= Most && count - n != Most + 1; n += Most)
    {
        body(std::integral_constant<int, Most>(), n);
    }

    [&]<int... R>(std::integer_sequence<int, R...>) __attribute__((always_inline))
    {
        while (n < count)
        {
            int rest = count - n > Most ? (count - n) / 2 : count - n;
            ((rest == R + 1 ? body(std::integral_constant<int, R + 1>(), n) : void()), ...);
            n += rest;
        }
    }(std::make_integer_sequence<int, Most>());
}

/// G[row][lane] += sum over s of in[s][row] dZ[s][lane], for R rows and V vectors of lanes in registers.
template <int R, int V>
INLINE void outer(const float *in, ptrdiff_t in_stride, const float *dz, ptrdiff_t dz_stride, int count, float *g, ptrdiff_t g_stride)
{
    Vec<Lanes> sums[R][V] = {};
    for (int s = 0; s < count; s++)
    {
        UNROLL for (int r = 0; r < R; r++)
        {
            Vec<Lanes> input = all<Lanes>(in[s * in_stride + r]);
            UNROLL for (int v = 0; v < V; v++)
            {
                sums[r][v] += input * load<Lanes>(dz + s * dz_stride + v * Lanes);
            }
        }
    }

    UNROLL for (int r = 0; r < R; r++)
    {
        UNROLL for (int v = 0; v < V; v++)
        {
            store(g + r * g_stride + v * Lanes, load<Lanes>(g + r * g_stride + v * Lanes) + sums[r][v]);
        }
    }
}

/// The same for any number of rows and lanes.
template <int Rows, int Columns>
INLINE void outer_product(const float *in, ptrdiff_t in_stride, const float *dz, ptrdiff_t dz_stride, int count, float *g)
{
    // Of 16 registers (32 at 512 bits) the sums take 12 (24), the rest is for one row's input and the lanes of dZ.
    constexpr int registers = Lanes == 16 ? 24 : 12;
    constexpr int most_rows = 6;
    constexpr int vectors = Columns / Lanes;
    auto panels = [&]<int R>(std::integral_constant<int, R>, const float *from, float *to) __attribute__((always_inline))
    {
        constexpr int width = std::min(vectors, registers / R);
        int v = 0;
        for (; v + width <= vectors; v += width)
        {
            outer<R, width>(from, in_stride, dz + v * Lanes, dz_stride, count, to + v * Lanes, Columns);
        }

        if constexpr (vectors % width != 0)
        {
            outer<R, vectors % width>(from, in_stride, dz + v * Lanes, dz_stride, count, to + v * Lanes, Columns);
        }
    };

    int row = 0;
    for (; row + most_rows <= Rows; row += most_rows)
    {
        panels(std::integral_constant<int, most_rows>(), in + row, g + row * Columns);
    }

    if constexpr (Rows % most_rows != 0)
    {
        panels(std::integral_constant<int, Rows % most_rows>(), in + row, g + row * Columns);
    }
}

/// U with its rows along the gates, in panels of V vectors of units, the last one padded.
template <int P, int D, int V>
struct Transposed
{
    using Shape = Layout<P, D>;
    static constexpr int width = V * Lanes;
    static constexpr int panels = (D + width - 1) / width;
    static constexpr int padded = panels * width;
    static constexpr int size = panels * Gates * D * width;

    static void from(const float *w, float *u)
    {
        for (int group = 0; group < Shape::groups; group++)
        {
            const float *rows = w + group * Shape::group_size + (1 + P) * Shape::group_lanes;
            for (int unit = 0; unit < D; unit += 4)
            {
                float *to = u + unit / width * (Gates * D * width) + group * Shape::group_lanes * width + unit % width;
                for (int lane = 0; lane < Shape::group_lanes; lane += 4)
                {
                    const float *block = rows + unit * Shape::group_lanes + lane;
                    __m128 a = _mm_loadu_ps(block);
                    __m128 b = _mm_loadu_ps(block + Shape::group_lanes);
                    __m128 c = _mm_loadu_ps(block + 2 * Shape::group_lanes);
                    __m128 d = _mm_loadu_ps(block + 3 * Shape::group_lanes);
                    _MM_TRANSPOSE4_PS(a, b, c, d);
                    _mm_storeu_ps(to + lane * width, a);
                    _mm_storeu_ps(to + (lane + 1) * width, b);
                    _mm_storeu_ps(to + (lane + 2) * width, c);
                    _mm_storeu_ps(to + (lane + 3) * width, d);
                }
            }
        }
    }

    /// out[s][unit] = U^T dZ[s] for R sequences; stride of out is `padded`, of dZ 4 D.
    template <int R>
    static INLINE void times(const float *u, const float *dz, float *out)
    {
        constexpr int chains = R * V >= 8 ? 1 : R * V >= 4 ? 2 : 4;
        for (int panel = 0; panel < panels; panel++, u += Gates * D * width)
        {
            Vec<Lanes> sums[chains][R][V] = {};
            for (int k = 0; k < Gates * D; k += 4)
            {
                UNROLL for (int j = 0; j < 4; j++)
                {
                    UNROLL for (int r = 0; r < R; r++)
                    {
                        Vec<Lanes> input = all<Lanes>(dz[r * Gates * D + k + j]);
                        UNROLL for (int v = 0; v < V; v++)
                        {
                            sums[j % chains][r][v] += input * load<Lanes>(u + (k + j) * width + v * Lanes);
                        }
                    }
                }
            }

            UNROLL for (int r = 0; r < R; r++)
            {
                UNROLL for (int v = 0; v < V; v++)
                {
                    Vec<Lanes> sum = sums[0][r][v];
                    UNROLL for (int chain = 1; chain < chains; chain++)
                    {
                        sum += sums[chain][r][v];
                    }

                    store(out + r * padded + panel * width + v * Lanes, sum);
                }
            }
        }
    }
};

/// dZ of one step of one sequence, and dLtm of the step before.
template <int Units>
INLINE void unstep_tiles(const float *gates, const float *tanh_ltm, const float *ltm, const float *recurrent, const float *dwm, float *dltm, float *dz)
{
    constexpr int tile = tile_units(Units);
    constexpr int N = std::min(tile, Lanes);
    UNROLL for (int i = 0; i < tile; i += N)
    {
        Vec<N> rem = load<N>(gates + i);
        Vec<N> save = load<N>(gates + tile + i);
        Vec<N> focus = load<N>(gates + 2 * tile + i);
        Vec<N> cand = load<N>(gates + 3 * tile + i);
        Vec<N> squashed = load<N>(tanh_ltm + i);
        Vec<N> d_wm = load<N>(dwm + i) + load<N>(recurrent + i);
        Vec<N> d_ltm = load<N>(dltm + i) + d_wm * focus * (1.0f - squashed * squashed);
        store(dz + i, d_ltm * load<N>(ltm + i) * (rem * (1.0f - rem)));
        store(dz + tile + i, d_ltm * cand * (save * (1.0f - save)));
        store(dz + 2 * tile + i, d_wm * squashed * (focus * (1.0f - focus)));
        store(dz + 3 * tile + i, d_ltm * save * (1.0f - cand * cand));
        store(dltm + i, d_ltm * rem);
    }

    if constexpr (Units > tile)
    {
        unstep_tiles<Units - tile>(gates + Gates * tile, tanh_ltm + tile, ltm + tile, recurrent + tile, dwm + tile, dltm + tile, dz + Gates * tile);
    }
}

template <int P, int D>
INLINE void unstep(const Record<D> *before, const Record<D> *record, const float *recurrent, const float *dwm, float *dltm, float *dz)
{
    constexpr int units = Layout<P, D>::group;
    for (int first = 0; first < D; first += units)
    {
        unstep_tiles<units>(record->gates + Gates * first, record->tanh_ltm + first, before->ltm + first, recurrent + first, dwm + first, dltm + first, dz + Gates * first);
    }
}

/// The sums of R sequences for a slice of a tile: as many units as a vector has lanes, or the tile if it has fewer.
template <int P, int D, int Tile, int R>
INLINE void slice(const float *w, const float *x, const Record<D> *before, Record<D> *record, int first_unit, int first_lane)
{
    constexpr int stride = Layout<P, D>::group_lanes;
    constexpr int units = std::min(Tile, Lanes);
    constexpr int vectors = Gates * units / Lanes;
    constexpr int apart = Gates * Tile / vectors; // lanes from one vector to the next
    Vec<Lanes> z[R][vectors];
    UNROLL for (int v = 0; v < vectors; v++)
    {
        UNROLL for (int r = 0; r < R; r++)
        {
            z[r][v] = load<Lanes>(w + v * apart);
        }
    }

    auto rows = [&]<int K>(std::integral_constant<int, K>, const float *from, ptrdiff_t between) __attribute__((always_inline))
    {
        for (int k = 0; k < K; k++)
        {
            w += stride;
            Vec<Lanes> weights[vectors];
            UNROLL for (int v = 0; v < vectors; v++)
            {
                weights[v] = load<Lanes>(w + v * apart);
            }

            UNROLL for (int r = 0; r < R; r++)
            {
                Vec<Lanes> input = all<Lanes>(from[r * between + k]);
                UNROLL for (int v = 0; v < vectors; v++)
                {
                    z[r][v] += input * weights[v];
                }
            }
        }
    };
    rows(std::integral_constant<int, P>(), x, P);
    rows(std::integral_constant<int, D>(), before->wm, sizeof(Record<D>) / sizeof(float));

    UNROLL for (int r = 0; r < R; r++)
    {
        // The gates of a slice of a tile lie `apart` lanes from each other, those of a whole one side by side.
        const float *ltm = before[r].ltm + first_unit;
        Record<D> &to = record[r];
        if constexpr (Tile >= Lanes)
        {
            Vec<Lanes> rem = sigma<Lanes>(z[r][0]);
            Vec<Lanes> save = sigma<Lanes>(z[r][1]);
            Vec<Lanes> focus = sigma<Lanes>(z[r][2]);
            Vec<Lanes> cand = tanh<Lanes>(z[r][3]);
            Vec<Lanes> memory = rem * load<Lanes>(ltm) + save * cand;
            Vec<Lanes> squashed = tanh<Lanes>(memory);
            store(to.gates + first_lane, rem);
            store(to.gates + first_lane + apart, save);
            store(to.gates + first_lane + 2 * apart, focus);
            store(to.gates + first_lane + 3 * apart, cand);
            store(to.ltm + first_unit, memory);
            store(to.tanh_ltm + first_unit, squashed);
            store(to.wm + first_unit, focus * squashed);
        }
        else
        {
            store(to.ltm + first_unit, load<units>(ltm));
            activate<Tile, 0, true>(z[r], to.ltm + first_unit, to.wm + first_unit, to.gates + first_lane, to.tanh_ltm + first_unit);
        }
    }
}

/// Every slice of a group, each for all sequences while its weights are in the first-level cache.
template <int P, int D, int Units>
INLINE void slices(const float *w, const float *x, const Record<D> *before, Record<D> *record, int sequences, int first_unit)
{
    constexpr int tile = tile_units(Units);
    constexpr int units = std::min(tile, Lanes);
    constexpr int together = Lanes == 16 ? 6 : units == Lanes ? 3 : 6;
    for (int i = 0; i < tile; i += units)
    {
        by_tiles<together>(sequences, [&]<int R>(std::integral_constant<int, R>, int n) __attribute__((always_inline)) {
            slice<P, D, tile, R>(w + i, x + n * P, before + n, record + n, first_unit + i, Gates * first_unit + i);
        });
    }

    if constexpr (Units > tile)
    {
        slices<P, D, Units - tile>(w + Gates * tile, x, before, record, sequences, first_unit + tile);
    }
}

template <int P, int D>
INLINE void step_many(const float *w, const float *x, const Record<D> *before, Record<D> *record, int sequences)
{
    using Shape = Layout<P, D>;
    for (int group = 0; group < Shape::groups; group++)
    {
        slices<P, D, Shape::group>(w + group * Shape::group_size, x, before, record, sequences, group * Shape::group);
    }
}
