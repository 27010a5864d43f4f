using System;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// How sigma and tanh are computed: which of the runtime's equations a kernel calls, and what they ask for. Their formulas and coefficients stand
/// with them, in <c>Lstm.Runtime/Kernels/Lanes</c>.
/// </summary>
/// <param name="Equations">The middle of the name of the runtime's type, as in <c>FusedStandardFloat256</c>.</param>
/// <param name="Error">Their largest errors, in words.</param>
/// <param name="Sigma">The method that activates a gate.</param>
/// <param name="Tanh">The method that activates ltm' and ltm.</param>
/// <param name="CarriesHalves">
/// Whether a step carries its gates as 2 sigma - 1 and its tanh's halved, as one rational leaves both: then a vector can hold gates of both kinds,
/// and a product of a gate and a tanh is one multiply-add. Else both are carried as they are.
/// </param>
/// <param name="TanhFlushes">Whether tanh itself can return 0 where ltm is flushed; else its result is flushed.</param>
/// <param name="RecordsSlopes">Whether sigma' and tanh' are recorded rather than computed from the recorded values.</param>
/// <param name="FirstScale">
/// log2 of the least scale that the constants of an activation are multiplied with; -1 where they take no scale. It cancels in their quotient.
/// A scale of its own for each use keeps the JIT from holding one set of constants in registers for all of them, and running values on the stack.
/// </param>
/// <param name="Scales">How many vectors of units have scales of their own, before they repeat.</param>
/// <param name="TakesMargin">Whether sigma is given a margin besides, see <see cref="Margin"/>.</param>
internal sealed record ActivationPlan(
    string Equations, string Error, string Sigma, string Tanh, bool CarriesHalves, bool TanhFlushes, bool RecordsSlopes, int FirstScale, int Scales,
    bool TakesMargin)
{
    /// <summary>Activations of one vector of units: four gates and tanh(ltm).</summary>
    public static int Uses => Gates.Count + 1;

    /// <summary>
    /// What the activations of a vector of units cost, a multiply-add being 1. Without slopes 9.2 for each vector of sums and for ltm. With slopes
    /// a constant, as their locals outweigh the rest. It is larger at 128 bits, where helpers ask which instructions there are: at 48, a recorded
    /// step of (5,12) would leave 28 calls.
    /// </summary>
    /// <param name="sums">Vectors of sums that one vector of units has.</param>
    /// <param name="narrowest">Whether vectors hold 128 bits.</param>
    public long Cost(int sums, bool narrowest) => (RecordsSlopes, narrowest) switch
    {
        (true, true) => 50,
        (true, false) => 48,
        _ => 46 * (sums + 1) / 5,
    };

    /// <summary>The scale of a vector of units, for the first of its five uses; the next have the next powers of two.</summary>
    public long Scale(int vector) => FirstScale < 0 ? 1 : 1L << (FirstScale + (Uses * (vector % Scales)));

    /// <summary>
    /// How far strict sigma's factor is over 2^24, as a power of two. Neighbouring vectors have different margins, except the last and the first.
    /// Every margin is even: without fused multiply-add x / ln 2 may be rounded to halfway between two integers, and the odd constant that then
    /// rounds it on must be odd at every scale.
    /// </summary>
    public static int Margin(long scale)
    {
        int power = 0;
        while (scale >> power > 1)
        {
            power++;
        }

        return 14 - (2 * ((power - (power / 8)) % 8));
    }

    public static ActivationPlan Of(ScalarKind scalar, AccuracyKind accuracy) => (scalar, accuracy) switch
    {
        // A rational's coefficients take any power of two: the least is so large that x times the first is not subnormal, and the others vanish
        // beside it.
        (ScalarKind.Single, AccuracyKind.Standard) => new ActivationPlan(
            "StandardFloat", "tanh within 6 ulp, sigma within 2e-7", "TanhOfHalf", "HalfTanh", CarriesHalves: true, TanhFlushes: true,
            RecordsSlopes: false, FirstScale: 24, Scales: 7, TakesMargin: false),

        // Those of an exponential take powers of the scale: it stays small.
        (ScalarKind.Single, AccuracyKind.Strict) => new ActivationPlan(
            "StrictFloat", "tanh and sigma within 2 ulp", "Sigma", "Tanh", CarriesHalves: false, TanhFlushes: false,
            RecordsSlopes: true, FirstScale: 0, Scales: 3, TakesMargin: true),
        (ScalarKind.Double, AccuracyKind.Standard) => new ActivationPlan(
            "StandardDouble", "tanh and sigma within 2 ulp", "Sigma", "Tanh", CarriesHalves: false, TanhFlushes: false,
            RecordsSlopes: false, FirstScale: -1, Scales: 1, TakesMargin: false),
        (ScalarKind.Double, AccuracyKind.Strict) => new ActivationPlan(
            "StrictDouble", "tanh and sigma within 2 ulp", "Sigma", "Tanh", CarriesHalves: false, TanhFlushes: false,
            RecordsSlopes: true, FirstScale: -1, Scales: 1, TakesMargin: false),
        _ => throw new ArgumentOutOfRangeException(nameof(accuracy)),
    };
}
