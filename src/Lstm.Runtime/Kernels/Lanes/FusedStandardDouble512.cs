#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Lstm.Kernels.FusedDouble512;

namespace Lstm.Kernels;

/// <summary>
/// The equations in <see cref="Accuracy.Standard"/> accuracy on the vectors of <see cref="FusedDouble512"/>. tanh and sigma are as exact as in
/// <see cref="Accuracy.Strict"/> accuracy, within 2 ulp; the slopes are computed from them.
/// </summary>
/// <remarks>
/// Kernels call the activations: inlined, those of one vector of units take about 220 locals, and the JIT stops inlining into a method that has too
/// many. Measured, the call costs far less than the activation itself. Lanes.targets derives the other widths and the other arithmetic from this
/// file.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FusedStandardDouble512 : ICellEquations<Vector512<double>>
{
    /// <inheritdoc/>
    public static bool RecordsSlopes => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.Gate(Vector512<double> z, out Vector512<double> slope)
    {
        slope = default;
        return Sigma(z);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> ICellEquations<Vector512<double>>.Tanh(Vector512<double> z, out Vector512<double> slope)
    {
        slope = default;
        return Tanh(z);
    }

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

    /// <summary>sigma(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Sigma(Vector512<double> x) => FusedExponential512.Sigma(x, out _);

    /// <summary>tanh(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Tanh(Vector512<double> x) => FusedExponential512.Tanh(x, out _);
}
#endif
