// The entry points: a cell of any of the sizes of the benchmarks.
#include "cell.hpp"

namespace
{
template <int P, int D>
Cell *create(const float *w, const float *u, const float *b)
{
    return new SizedCell<P, D>(w, u, b);
}

void nothing(Cell *, const float *) {}
} // namespace

extern "C"
{
    /// The cell for a size, from row-major W (4 x d x p), U (4 x d x d) and b (4 x d) in the order rem, save, focus, cand; null for other sizes.
    Cell *lstm_create(int p, int d, const float *w, const float *u, const float *b)
    {
        switch (p * 1000 + d)
        {
        case 1008: return create<1, 8>(w, u, b);
        case 1016: return create<1, 16>(w, u, b);
        case 1020: return create<1, 20>(w, u, b);
        case 1032: return create<1, 32>(w, u, b);
        case 1040: return create<1, 40>(w, u, b);
        case 1064: return create<1, 64>(w, u, b);
        case 4016: return create<4, 16>(w, u, b);
        case 16064: return create<16, 64>(w, u, b);
        case 1128: return create<1, 128>(w, u, b);
        case 8128: return create<8, 128>(w, u, b);
        default: return nullptr;
        }
    }

    /// A cell whose step does nothing: what calling one costs.
    Cell *lstm_create_empty() { return new Cell{&nothing, nullptr, nullptr, nullptr, nullptr, [](Cell *cell) { delete cell; }}; }

    void lstm_destroy(Cell *cell) { cell->destroy(cell); }

    /// One time step.
    void lstm_step(Cell *cell, const float *x) { cell->step(cell, x); }

    /// T steps from the present state; wm is T x d.
    void lstm_forward(Cell *cell, const float *x, int steps, float *wm) { cell->forward(cell, x, steps, wm); }

    /// The present wm, d values.
    void lstm_working_memory(const Cell *cell, float *wm) { cell->working_memory(cell, wm); }

    /// Forward from the zero state through x (T x N x p) and back with dWm (T x N x d); leaves the gradient.
    void lstm_train(Cell *cell, const float *x, const float *dwm, int steps, int sequences) { cell->train(cell, x, dwm, steps, sequences); }

    /// The gradient that the last lstm_train left, as lstm_create takes parameters.
    void lstm_gradient(const Cell *cell, float *w, float *u, float *b) { cell->gradient(cell, w, u, b); }
}
