// The cell in oneDNN, for training: forward and backward of its vanilla LSTM, on one thread.
#include <dnnl.hpp>
#include <cstring>
#include <omp.h>
#include <unordered_map>
#include <vector>

using namespace dnnl;

namespace
{
using Tag = memory::format_tag;
using Arguments = std::unordered_map<int, memory>;

// oneDNN stacks the gates as save, rem, cand, focus; ours come as rem, save, focus, cand.
constexpr int gate_of[4] = {1, 0, 3, 2};

struct Cell
{
    int p, d, steps, sequences;
    engine cpu{engine::kind::cpu, 0};
    stream order{cpu};

    // As the user has them; the primitives choose their own layouts ("any") and both ways are reordered, since training changes weights at each call.
    memory w, u, bias, dw, du, dbias;
    memory own_w, own_u, own_dw, own_du, back_w, back_u;
    memory x, dwm, dx;
    primitive forward, backward;
    Arguments forward_arguments, backward_arguments;

    Cell(int p, int d, int steps, int sequences, const float *from_w, const float *from_u, const float *from_b)
        : p(p), d(d), steps(steps), sequences(sequences)
    {
        memory::dims dims_x{steps, sequences, p}, dims_wm{steps, sequences, d}, dims_w{1, 1, p, 4, d}, dims_u{1, 1, d, 4, d}, dims_b{1, 1, 4, d};
        auto plain = [](const memory::dims &dims, Tag tag) { return memory::desc(dims, memory::data_type::f32, tag); };
        auto any = [&](const memory::dims &dims) { return plain(dims, Tag::any); };
        memory::desc x_desc = plain(dims_x, Tag::tnc), wm_desc = plain(dims_wm, Tag::tnc), b_desc = plain(dims_b, Tag::ldgo);
        memory::desc state_desc = plain({1, 1, sequences, d}, Tag::ldnc);
        auto direction = rnn_direction::unidirectional_left2right;

        lstm_forward::primitive_desc ahead(
            {prop_kind::forward_training, direction, x_desc, state_desc, state_desc, any(dims_w), any(dims_u), b_desc, wm_desc, state_desc, state_desc}, cpu);
        lstm_backward::primitive_desc back(
            {prop_kind::backward, direction, x_desc, state_desc, state_desc, any(dims_w), any(dims_u), b_desc, wm_desc, state_desc, state_desc,
             x_desc, state_desc, state_desc, any(dims_w), any(dims_u), b_desc, wm_desc, state_desc, state_desc},
            cpu, ahead);
        forward = lstm_forward(ahead);
        backward = lstm_backward(back);

        w = memory(plain(dims_w, Tag::ldigo), cpu);
        u = memory(plain(dims_u, Tag::ldigo), cpu);
        dw = memory(plain(dims_w, Tag::ldigo), cpu);
        du = memory(plain(dims_u, Tag::ldigo), cpu);
        bias = memory(b_desc, cpu);
        dbias = memory(b_desc, cpu);
        own_w = memory(ahead.weights_layer_desc(), cpu);
        own_u = memory(ahead.weights_iter_desc(), cpu);
        back_w = memory(back.weights_layer_desc(), cpu);
        back_u = memory(back.weights_iter_desc(), cpu);
        own_dw = memory(back.diff_weights_layer_desc(), cpu);
        own_du = memory(back.diff_weights_iter_desc(), cpu);
        x = memory(x_desc, cpu);
        dx = memory(x_desc, cpu);
        dwm = memory(wm_desc, cpu);
        memory wm(wm_desc, cpu), workspace(ahead.workspace_desc(), cpu);

        pair(from_w, from_u, from_b, w, u, bias, [](float given, float &own) { own = given; });
        // Zero: the state to begin with, and the gradient at the state after the last step.
        auto state = [&]
        {
            memory zero(state_desc, cpu);
            std::memset(zero.get_data_handle(), 0, state_desc.get_size());
            return zero;
        };
        memory first_wm = state(), first_ltm = state(), last_wm = state(), last_ltm = state();
        forward_arguments = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, own_w}, {DNNL_ARG_WEIGHTS_ITER, own_u},
                             {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST_LAYER, wm}, {DNNL_ARG_WORKSPACE, workspace},
            {DNNL_ARG_SRC_ITER, first_wm}, {DNNL_ARG_SRC_ITER_C, first_ltm}, {DNNL_ARG_DST_ITER, last_wm}, {DNNL_ARG_DST_ITER_C, last_ltm}};
        backward_arguments = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, back_w}, {DNNL_ARG_WEIGHTS_ITER, back_u},
                              {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST_LAYER, wm}, {DNNL_ARG_WORKSPACE, workspace},
            {DNNL_ARG_SRC_ITER, first_wm}, {DNNL_ARG_SRC_ITER_C, first_ltm}, {DNNL_ARG_DST_ITER, last_wm}, {DNNL_ARG_DST_ITER_C, last_ltm},
                              {DNNL_ARG_DIFF_SRC_LAYER, dx}, {DNNL_ARG_DIFF_WEIGHTS_LAYER, own_dw}, {DNNL_ARG_DIFF_WEIGHTS_ITER, own_du},
                              {DNNL_ARG_DIFF_BIAS, dbias}, {DNNL_ARG_DIFF_DST_LAYER, dwm},
            {DNNL_ARG_DIFF_SRC_ITER, state()}, {DNNL_ARG_DIFF_SRC_ITER_C, state()}, {DNNL_ARG_DIFF_DST_ITER, state()}, {DNNL_ARG_DIFF_DST_ITER_C, state()}};
    }

    static float *values(memory &memory) { return static_cast<float *>(memory.get_data_handle()); }

    /// Pairs row-major W (4 x d x p), U (4 x d x d), b (4 x d) with oneDNN's [input][gate][unit].
    template <class Plain, class Move>
    void pair(Plain *from_w, Plain *from_u, Plain *from_b, memory &to_w, memory &to_u, memory &to_b, Move move)
    {
        for (int gate = 0; gate < 4; gate++)
        {
            for (int unit = 0; unit < d; unit++)
            {
                int from = gate_of[gate] * d + unit;
                int to = gate * d + unit;
                move(from_b[from], values(to_b)[to]);
                for (int k = 0; k < p; k++)
                {
                    move(from_w[from * p + k], values(to_w)[k * 4 * d + to]);
                }

                for (int k = 0; k < d; k++)
                {
                    move(from_u[from * d + k], values(to_u)[k * 4 * d + to]);
                }
            }
        }
    }

    void train(const float *from_x, const float *from_dwm)
    {
        omp_set_num_threads(1);
        std::memcpy(values(x), from_x, sizeof(float) * steps * sequences * p);
        std::memcpy(values(dwm), from_dwm, sizeof(float) * steps * sequences * d);
        for (memory *sum : {&own_dw, &own_du, &dbias})
        {
            std::memset(sum->get_data_handle(), 0, sum->get_desc().get_size());
        }

        put(w, own_w);
        put(u, own_u);
        forward.execute(order, forward_arguments);
        put(w, back_w);
        put(u, back_u);
        backward.execute(order, backward_arguments);
        order.wait();
    }

    void put(memory &from, memory &to)
    {
        reorder(from, to).execute(order, from, to);
    }

    void gradient(float *to_w, float *to_u, float *to_b)
    {
        put(own_dw, dw);
        put(own_du, du);
        order.wait();
        pair(to_w, to_u, to_b, dw, du, dbias, [](float &plain, float own) { plain = own; });
    }
};
} // namespace

extern "C"
{
    /// A cell for sequences of a fixed length and number, from row-major W (4 x d x p), U (4 x d x d) and b (4 x d) in the order rem, save, focus, cand.
    Cell *onednn_create(int p, int d, int steps, int sequences, const float *w, const float *u, const float *b)
    {
        return new Cell(p, d, steps, sequences, w, u, b);
    }

    void onednn_destroy(Cell *cell) { delete cell; }

    /// Forward from the zero state through x (T x N x p) and back with dWm (T x N x d).
    void onednn_train(Cell *cell, const float *x, const float *dwm) { cell->train(x, dwm); }

    /// The gradient that the last onednn_train left, as onednn_create takes parameters.
    void onednn_gradient(Cell *cell, float *w, float *u, float *b) { cell->gradient(w, u, b); }
}
