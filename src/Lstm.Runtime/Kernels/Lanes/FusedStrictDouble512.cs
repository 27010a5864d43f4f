#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Lstm.Kernels.FusedDouble512;

namespace Lstm.Kernels;

/// <summary>
/// The equations in <see cref="Accuracy.Strict"/> accuracy on the vectors of <see cref="FusedDouble512"/>: tanh and sigma within 2 ulp, and
/// slopes from the same exponential, without cancellation.
/// </summary>
/// <remarks>
/// Kernels call the activations: inlined, those of one vector of units take about 220 locals, and the JIT stops inlining into a method that has too
/// many. Measured, the call costs far less than the activation itself. Lanes.targets derives the other widths and the other arithmetic from this
/// file.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FusedStrictDouble512 : ICellEquations<Vector512<double>>
{
    /// <inheritdoc/>
    public static bool RecordsSlopes => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.Gate(Vector512<double> z, out Vector512<double> slope) => Sigma(z, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.LongTermMemory(
        Vector512<double> rem, Vector512<double> save, Vector512<double> cand, Vector512<double> before) => MultiplyAdd(rem, before, save * cand);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.WorkingMemory(Vector512<double> focus, Vector512<double> tanh) => focus * tanh;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.GateValue(Vector512<double> gate) => gate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.TanhValue(Vector512<double> tanh) => tanh;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> GateSlope(Vector512<double> sigma) => sigma * (Vector512.Create(1.0) - sigma);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> TanhSlope(Vector512<double> tanh) => (Vector512.Create(1.0) - tanh) * (Vector512.Create(1.0) + tanh);

    /// <summary>sigma(x) and sigma'(x) = e / (1 + e)^2, e = exp(-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigma(Vector512<double> x, out Vector512<double> slope)
    {
        Vector512<double> sigma = SigmaAndExponential(x, out Vector512<double> e);
        slope = e / ((e + Vector512.Create(1.0)) * (e + Vector512.Create(1.0)));
        return sigma;
    }

    /// <summary>tanh(x) and tanh'(x) = 4 e / (1 + e)^2, e = exp(-2 |x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x, out Vector512<double> slope)
    {
        Vector512<double> tanh = TanhAndExponential(x, out Vector512<double> e);
        slope = (e * Vector512.Create(4.0)) / ((e + Vector512.Create(1.0)) * (e + Vector512.Create(1.0)));
        return tanh;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> SigmaAndExponential(Vector512<double> x, out Vector512<double> e) => FusedExponential512.Sigma(x, out e);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> TanhAndExponential(Vector512<double> x, out Vector512<double> e) => FusedExponential512.Tanh(x, out e);
}
#endif
