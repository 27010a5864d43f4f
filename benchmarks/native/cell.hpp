// A cell of P inputs and D units with its state and what its training needs.
#pragma once

#include <cstdlib>
#include <memory>

#include "train.hpp"

/// What the entry points know of a cell of any size. Plain function pointers: a step costs one indirect jump, nothing else.
struct Cell
{
    void (*step)(Cell *, const float *x);
    void (*forward)(Cell *, const float *x, int steps, float *wm);
    void (*train)(Cell *, const float *x, const float *dwm, int steps, int sequences);
    void (*working_memory)(const Cell *, float *wm);
    void (*gradient)(const Cell *, float *w, float *u, float *b);
    void (*destroy)(Cell *);
};

struct Free
{
    void operator()(void *memory) const { std::free(memory); }
};

/// Zeroed, on a cache line's boundary.
template <class T>
using Block = std::unique_ptr<T[], Free>;

template <class T>
Block<T> block(size_t count)
{
    size_t bytes = (count * sizeof(T) + 63) / 64 * 64;
    void *memory = std::aligned_alloc(64, bytes);
    std::memset(memory, 0, bytes);
    return Block<T>(static_cast<T *>(memory));
}

template <int P, int D>
struct SizedCell : Cell
{
    using Shape = Layout<P, D>;

    alignas(64) float wm[2][D] = {};
    alignas(64) float ltm[D] = {};
    alignas(64) float w[Shape::size] = {};
    alignas(64) float gradient_values[Shape::size] = {};
    int present = 0;

    int room = 0; // steps x sequences that these hold
    Block<Record<D>> tape;
    Block<float> inputs;
    Block<float> dz;
    Block<float> recurrent;
    Block<float> dltm;
    Block<float> transposed;

    static constexpr int block_rows = 256; // of dZ at a time, so that they stay in the second-level cache

    SizedCell(const float *weights, const float *recurrent_weights, const float *bias)
        : Cell{&step_once, &run, &train_from_zero, &read, &read_gradient, &free_all}
    {
        copy(w, weights, recurrent_weights, bias, [](float &own, const float &plain) { own = plain; });
    }

    /// Pairs every parameter with its place in row-major W (4 x D x P), U (4 x D x D) and b (4 x D).
    template <class Own, class Plain, class Move>
    static void copy(Own *own, Plain *weights, Plain *recurrent_weights, Plain *bias, Move move)
    {
        for (int gate = 0; gate < Gates; gate++)
        {
            for (int unit = 0; unit < D; unit++)
            {
                move(own[Shape::index(0, (Gate)gate, unit)], bias[gate * D + unit]);
                for (int k = 0; k < P; k++)
                {
                    move(own[Shape::index(1 + k, (Gate)gate, unit)], weights[(gate * D + unit) * P + k]);
                }

                for (int k = 0; k < D; k++)
                {
                    move(own[Shape::index(1 + P + k, (Gate)gate, unit)], recurrent_weights[(gate * D + unit) * D + k]);
                }
            }
        }
    }

    static void step_once(Cell *cell, const float *x)
    {
        auto *self = static_cast<SizedCell *>(cell);
        int present = self->present;
        ::step<P, D, false>(self->w, x, self->wm[present], self->ltm, self->wm[1 - present], present != 0, nullptr);
        self->present = 1 - present;
    }

    static void run(Cell *cell, const float *x, int steps, float *out)
    {
        auto *self = static_cast<SizedCell *>(cell);
        const float *wm = self->wm[self->present];
        for (int t = 0; t < steps; t++, wm = out, out += D)
        {
            ::step<P, D, false>(self->w, x + t * P, wm, self->ltm, out, t & 1, nullptr);
        }

        if (steps > 0)
        {
            std::memcpy(self->wm[self->present], wm, sizeof self->wm[0]);
        }
    }

    static void train_from_zero(Cell *cell, const float *x, const float *dwm, int steps, int sequences)
    {
        auto *self = static_cast<SizedCell *>(cell);
        self->reserve(steps, sequences);
        std::memset(self->gradient_values, 0, sizeof self->gradient_values);
        std::memset(self->dltm.get(), 0, sizeof(float) * sequences * D);
        std::memset(self->tape.get(), 0, sizeof(Record<D>) * sequences);
        if (sequences == 1)
        {
            self->record_one(x, steps);
            self->template back<(Lanes == 16 ? D > 64 : D > 32) ? 8 : (D + Lanes - 1) / Lanes, 1>(x, dwm, steps, 1);
        }
        else
        {
            self->record_many(x, steps, sequences);
            self->template back<(D > Lanes ? 2 : 1), 6>(x, dwm, steps, sequences);
        }
    }

    void reserve(int steps, int sequences)
    {
        if (room >= steps * sequences)
        {
            return;
        }

        room = steps * sequences;
        tape = block<Record<D>>((size_t)(steps + 1) * sequences);
        inputs = block<float>((size_t)room * (1 + P));
        dz = block<float>((size_t)(block_rows + 2 * sequences) * Gates * D);
        recurrent = block<float>((size_t)sequences * (D + 8 * Lanes));
        dltm = block<float>((size_t)sequences * D);
        transposed = block<float>((size_t)Gates * D * (D + 8 * Lanes));
    }

    void record_one(const float *x, int steps)
    {
        Record<D> *record = tape.get();
        for (int t = 0; t < steps; t++, record++)
        {
            std::memcpy(record[1].ltm, record->ltm, sizeof record->ltm);
            ::step<P, D, true>(w, x + t * P, record->wm, record[1].ltm, record[1].wm, t & 1, record + 1);
        }
    }

    void record_many(const float *x, int steps, int sequences)
    {
        for (int t = 0; t < steps; t++)
        {
            ::step_many<P, D>(w, x + t * sequences * P, tape.get() + t * sequences, tape.get() + (t + 1) * sequences, sequences);
        }
    }

    template <int V, int Together>
    void back(const float *x, const float *dwm, int steps, int sequences)
    {
        using Back = Transposed<P, D, V>;
        Back::from(w, transposed.get());
        int rows = steps * sequences;
        for (int s = 0; s < rows; s++)
        {
            inputs[s * (1 + P)] = 1;
            std::memcpy(&inputs[s * (1 + P) + 1], x + s * P, sizeof(float) * P);
        }

        int block_steps = std::max(1, block_rows / sequences);
        std::memset(recurrent.get(), 0, sizeof(float) * sequences * Back::padded);
        for (int end = steps; end > 0; end -= block_steps)
        {
            int start = std::max(0, end - block_steps);
            for (int t = end - 1; t >= start; t--)
            {
                float *dz_t = dz.get() + (t - start) * sequences * Gates * D;
                for (int n = 0; n < sequences; n++)
                {
                    int s = t * sequences + n;
                    unstep<P, D>(&tape[s], &tape[s + sequences], &recurrent[n * Back::padded], dwm + s * D, &dltm[n * D], dz_t + n * Gates * D);
                }

                by_tiles<Together>(sequences, [&]<int R>(std::integral_constant<int, R>, int n) __attribute__((always_inline)) {
                    Back::template times<R>(transposed.get(), dz_t + n * Gates * D, &recurrent[n * Back::padded]);
                });
            }

            int first = start * sequences;
            int count = (end - start) * sequences;
            for (int group = 0; group < Shape::groups; group++)
            {
                float *g = gradient_values + group * Shape::group_size;
                const float *lanes = dz.get() + group * Shape::group_lanes;
                outer_product<1 + P, Shape::group_lanes>(&inputs[first * (1 + P)], 1 + P, lanes, Gates * D, count, g);
                outer_product<D, Shape::group_lanes>(
                    tape[first].wm, sizeof(Record<D>) / sizeof(float), lanes, Gates * D, count, g + (1 + P) * Shape::group_lanes);
            }
        }
    }

    static void read(const Cell *cell, float *out)
    {
        auto *self = static_cast<const SizedCell *>(cell);
        std::memcpy(out, self->wm[self->present], sizeof self->wm[0]);
    }

    static void read_gradient(const Cell *cell, float *weights, float *recurrent_weights, float *bias)
    {
        auto *self = static_cast<const SizedCell *>(cell);
        copy(self->gradient_values, weights, recurrent_weights, bias, [](const float &own, float &plain) { plain = own; });
    }

    static void free_all(Cell *cell) { delete static_cast<SizedCell *>(cell); }
};
