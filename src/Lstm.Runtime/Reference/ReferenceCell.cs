using System;
using System.Numerics;
using Lstm.Kernels;

namespace Lstm.Reference;

/// <summary>The parameters of an LSTM cell, or their gradients: W, U and b per gate.</summary>
/// <remarks>
/// Some texts give W as p x d and yet multiply W x, with x of length p. Here W is d x p (d rows), U is d x d, and b has d numbers.
/// </remarks>
/// <typeparam name="T">The type of the numbers.</typeparam>
public abstract class CellParameters<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Matrix<T>[] w = new Matrix<T>[4];
    private readonly Matrix<T>[] u = new Matrix<T>[4];
    private readonly Matrix<T>[] b = new Matrix<T>[4];

    private protected CellParameters(int input, int hidden)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        Input = input;
        Hidden = hidden;
        for (int gate = 0; gate < 4; gate++)
        {
            w[gate] = new Matrix<T>(hidden, input);
            u[gate] = new Matrix<T>(hidden, hidden);
            b[gate] = new Matrix<T>(hidden, 1);
        }
    }

    /// <summary>p, the length of x.</summary>
    public int Input { get; }

    /// <summary>d, the length of ltm and wm.</summary>
    public int Hidden { get; }

    /// <summary>An entry of a gate's W, d x p.</summary>
    public ref T W(Gate gate, int row, int column) => ref w[(int)gate][row, column];

    /// <summary>An entry of a gate's U, d x d.</summary>
    public ref T U(Gate gate, int row, int column) => ref u[(int)gate][row, column];

    /// <summary>An entry of a gate's b, of length d.</summary>
    public ref T B(Gate gate, int row) => ref b[(int)gate][row, 0];
}

/// <summary>
/// The LSTM cell as the textbook has it, forward and backward, in any floating-point type: slow, allocating, and plain.
/// It is what generated code is tested against.
/// </summary>
/// <remarks>Equations (1) to (6) in the naming of Edwin Chen, "Exploring LSTMs"; see <see cref="Gate"/>.</remarks>
/// <typeparam name="T">The type of the numbers.</typeparam>
/// <param name="input">p, the length of x; at least 1.</param>
/// <param name="hidden">d, the length of ltm and wm; at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
public sealed class ReferenceCell<T>(int input, int hidden) : CellParameters<T>(input, hidden)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Runs T time steps.</summary>
    /// <param name="x">T x p, row-major.</param>
    /// <param name="ltm0">The long-term memory to begin with, of length d.</param>
    /// <param name="wm0">The working memory to begin with, of length d.</param>
    /// <returns>Every gate and memory at every step.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public CellTrace<T> Forward(ReadOnlySpan<T> x, ReadOnlySpan<T> ltm0, ReadOnlySpan<T> wm0)
    {
        Check.Rows(nameof(x), Input, x.Length);
        Check.Length(nameof(ltm0), Hidden, ltm0.Length);
        Check.Length(nameof(wm0), Hidden, wm0.Length);

        int steps = x.Length / Input;
        var trace = new CellTrace<T>(steps, ltm0, wm0);
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<T> xNow = x.Slice(t * Input, Input);
            ReadOnlySpan<T> ltmBefore = trace.LtmBefore(t);
            ReadOnlySpan<T> wmBefore = trace.WmBefore(t);
            for (int i = 0; i < Hidden; i++)
            {
                T rem = Sigma(Z(Gate.Remember, i, xNow, wmBefore));     // rem = sigma(W_r x + U_r wm + b_r)      (1)
                T cand = T.Tanh(Z(Gate.Candidate, i, xNow, wmBefore));  // cand = tanh(W_l x + U_l wm + b_l)      (2)
                T save = Sigma(Z(Gate.Save, i, xNow, wmBefore));        // save = sigma(W_s x + U_s wm + b_s)     (3)
                T ltm = (rem * ltmBefore[i]) + (save * cand);           // ltm = rem * ltm + save * cand          (4)
                T focus = Sigma(Z(Gate.Focus, i, xNow, wmBefore));      // focus = sigma(W_f x + U_f wm + b_f)    (5)
                T wm = focus * T.Tanh(ltm);                             // wm = focus * tanh(ltm)                 (6)

                trace.Rem[t, i] = rem;
                trace.Cand[t, i] = cand;
                trace.Save[t, i] = save;
                trace.Ltm[t, i] = ltm;
                trace.Focus[t, i] = focus;
                trace.Wm[t, i] = wm;
            }
        }

        return trace;
    }

    /// <summary>Carries a gradient back through the T steps of <paramref name="trace"/>.</summary>
    /// <param name="x">T x p, as it was given to <see cref="Forward"/>.</param>
    /// <param name="trace">What <see cref="Forward"/> returned.</param>
    /// <param name="dWm">dL/dwm_t for every step as far as the loss reads wm_t itself, T x d.</param>
    /// <param name="dLtmT">dL/dltm_T, the final long-term memory, of length d; empty: zero.</param>
    /// <param name="dWmT">dL/dwm_T, the final working memory, of length d, besides <paramref name="dWm"/>; empty: zero.</param>
    /// <returns>The gradients of every parameter, of x and of the initial state.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public CellGradient<T> Backward(
        ReadOnlySpan<T> x, CellTrace<T> trace, ReadOnlySpan<T> dWm, ReadOnlySpan<T> dLtmT = default, ReadOnlySpan<T> dWmT = default)
    {
        int steps = trace.Steps;
        Check.Length(nameof(x), steps * Input, x.Length);
        Check.Length(nameof(dWm), steps * Hidden, dWm.Length);
        T[] dLtm = Check.ZeroIfEmpty(nameof(dLtmT), Hidden, dLtmT);
        T[] dWmAfter = Check.ZeroIfEmpty(nameof(dWmT), Hidden, dWmT);

        var gradient = new CellGradient<T>(Input, Hidden, steps);
        for (int t = steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<T> xNow = x.Slice(t * Input, Input);
            ReadOnlySpan<T> ltmBefore = trace.LtmBefore(t);
            ReadOnlySpan<T> wmBefore = trace.WmBefore(t);
            var dWmBefore = new T[Hidden];
            Array.Fill(dWmBefore, T.Zero);
            for (int i = 0; i < Hidden; i++)
            {
                T rem = trace.Rem[t, i], cand = trace.Cand[t, i], save = trace.Save[t, i], focus = trace.Focus[t, i];
                T tanhLtm = T.Tanh(trace.Ltm[t, i]);

                T dWmNow = dWm[(t * Hidden) + i] + dWmAfter[i];
                T dLtmNow = dLtm[i] + (dWmNow * focus * (T.One - (tanhLtm * tanhLtm))); // wm = focus * tanh(ltm)                (6)
                T dFocus = dWmNow * tanhLtm;                                            // wm = focus * tanh(ltm)                (6)
                T dZFocus = dFocus * focus * (T.One - focus);                           // focus = sigma(W_f x + U_f wm + b_f)   (5)
                T dSave = dLtmNow * cand;                                               // ltm = rem * ltm + save * cand         (4)
                T dCand = dLtmNow * save;                                               // ltm = rem * ltm + save * cand         (4)
                T dRem = dLtmNow * ltmBefore[i];                                        // ltm = rem * ltm + save * cand         (4)
                dLtm[i] = dLtmNow * rem;                                                // ltm = rem * ltm + save * cand         (4)
                T dZSave = dSave * save * (T.One - save);                               // save = sigma(W_s x + U_s wm + b_s)    (3)
                T dZCand = dCand * (T.One - (cand * cand));                             // cand = tanh(W_l x + U_l wm + b_l)     (2)
                T dZRem = dRem * rem * (T.One - rem);                                   // rem = sigma(W_r x + U_r wm + b_r)     (1)

                Span<T> dXNow = gradient.DX.Row(t);
                BackZ(gradient, Gate.Focus, i, dZFocus, xNow, wmBefore, dXNow, dWmBefore);
                BackZ(gradient, Gate.Save, i, dZSave, xNow, wmBefore, dXNow, dWmBefore);
                BackZ(gradient, Gate.Candidate, i, dZCand, xNow, wmBefore, dXNow, dWmBefore);
                BackZ(gradient, Gate.Remember, i, dZRem, xNow, wmBefore, dXNow, dWmBefore);
            }

            dWmAfter = dWmBefore;
        }

        dLtm.CopyTo(gradient.DLtm0.Values);
        dWmAfter.CopyTo(gradient.DWm0.Values);
        return gradient;
    }

    // z = W x + U wm + b, row i
    private T Z(Gate gate, int i, ReadOnlySpan<T> x, ReadOnlySpan<T> wm)
    {
        T z = B(gate, i);
        for (int j = 0; j < Input; j++)
        {
            z += W(gate, i, j) * x[j];
        }

        for (int j = 0; j < Hidden; j++)
        {
            z += U(gate, i, j) * wm[j];
        }

        return z;
    }

    // z = W x + U wm + b, row i
    private void BackZ(
        CellGradient<T> gradient, Gate gate, int i, T dZ, ReadOnlySpan<T> x, ReadOnlySpan<T> wm, Span<T> dX, Span<T> dWm)
    {
        gradient.B(gate, i) += dZ;
        for (int j = 0; j < Input; j++)
        {
            gradient.W(gate, i, j) += dZ * x[j];
            dX[j] += dZ * W(gate, i, j);
        }

        for (int j = 0; j < Hidden; j++)
        {
            gradient.U(gate, i, j) += dZ * wm[j];
            dWm[j] += dZ * U(gate, i, j);
        }
    }

    private static T Sigma(T z) => T.One / (T.One + T.Exp(-z));
}

/// <summary>Every gate and memory of a run, each T x d, and the state it began with.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class CellTrace<T>
    where T : IFloatingPointIeee754<T>
{
    internal CellTrace(int steps, ReadOnlySpan<T> ltm0, ReadOnlySpan<T> wm0)
    {
        int hidden = ltm0.Length;
        Steps = steps;
        Ltm0 = Matrix<T>.From(ltm0, hidden);
        Wm0 = Matrix<T>.From(wm0, hidden);
        Rem = new Matrix<T>(steps, hidden);
        Save = new Matrix<T>(steps, hidden);
        Focus = new Matrix<T>(steps, hidden);
        Cand = new Matrix<T>(steps, hidden);
        Ltm = new Matrix<T>(steps, hidden);
        Wm = new Matrix<T>(steps, hidden);
    }

    /// <summary>T, the number of steps.</summary>
    public int Steps { get; }

    /// <summary>The long-term memory before the first step, 1 x d.</summary>
    public Matrix<T> Ltm0 { get; }

    /// <summary>The working memory before the first step, 1 x d.</summary>
    public Matrix<T> Wm0 { get; }

    /// <summary>rem_t  (1).</summary>
    public Matrix<T> Rem { get; }

    /// <summary>save_t  (3).</summary>
    public Matrix<T> Save { get; }

    /// <summary>focus_t  (5).</summary>
    public Matrix<T> Focus { get; }

    /// <summary>cand_t, ltm' in the equations  (2).</summary>
    public Matrix<T> Cand { get; }

    /// <summary>ltm_t  (4).</summary>
    public Matrix<T> Ltm { get; }

    /// <summary>wm_t  (6).</summary>
    public Matrix<T> Wm { get; }

    /// <summary>The long-term memory that step <paramref name="t"/> starts from; with t = T, the final one.</summary>
    public ReadOnlySpan<T> LtmBefore(int t) => t == 0 ? Ltm0.Values : Ltm.Row(t - 1);

    /// <summary>The working memory that step <paramref name="t"/> starts from; with t = T, the final one.</summary>
    public ReadOnlySpan<T> WmBefore(int t) => t == 0 ? Wm0.Values : Wm.Row(t - 1);
}

/// <summary>The gradients of a cell's W, U and b, of x and of the initial state.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class CellGradient<T> : CellParameters<T>
    where T : IFloatingPointIeee754<T>
{
    internal CellGradient(int input, int hidden, int steps)
        : base(input, hidden)
    {
        DX = new Matrix<T>(steps, input);
        DLtm0 = new Matrix<T>(1, hidden);
        DWm0 = new Matrix<T>(1, hidden);
    }

    /// <summary>dL/dx, T x p.</summary>
    public Matrix<T> DX { get; }

    /// <summary>dL/dltm_0, 1 x d.</summary>
    public Matrix<T> DLtm0 { get; }

    /// <summary>dL/dwm_0, 1 x d.</summary>
    public Matrix<T> DWm0 { get; }
}
