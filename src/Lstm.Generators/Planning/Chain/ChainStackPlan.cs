using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>The buffers that a chain's members keep on the stack: emitters print them, the header says their bytes.</summary>
/// <param name="ForwardDoubles">Doubles of <c>Forward</c>.</param>
/// <param name="BackwardDoubles">Doubles of <c>Backward</c>.</param>
/// <param name="MagnitudesWideFloats">Numbers of <c>GradientMagnitudes</c>, of the runtime's type <c>WideFloat</c>.</param>
internal sealed record ChainStackPlan(int ForwardDoubles, int BackwardDoubles, int MagnitudesWideFloats)
{
    /// <summary>A double and an exponent of 64 bits.</summary>
    private const int BytesOfWideFloat = 16;

    /// <summary>Bytes of <c>Forward</c>.</summary>
    public int ForwardBytes => sizeof(double) * ForwardDoubles;

    /// <summary>Bytes of <c>Backward</c>.</summary>
    public int BackwardBytes => sizeof(double) * BackwardDoubles;

    /// <summary>Bytes of <c>GradientMagnitudes</c>.</summary>
    public int MagnitudesBytes => BytesOfWideFloat * MagnitudesWideFloats;

    /// <summary>
    /// Unrolled code keeps its products in locals. Loops keep one lane's prefix products (diagonal), or x^(0) to x^(L-1) and two neighbours among
    /// the s^(i) (dense).
    /// </summary>
    public static ChainStackPlan Of(DeepChainSpec spec, bool unrolled) => (unrolled, spec.Form) switch
    {
        (true, ChainForm.Diagonal) => new ChainStackPlan(0, 0, MagnitudesWideFloats: 2 * spec.Layers),
        (true, _) => new ChainStackPlan(0, 0, MagnitudesWideFloats: 2 * spec.Width),
        (false, ChainForm.Diagonal) => new ChainStackPlan(0, BackwardDoubles: spec.Layers, MagnitudesWideFloats: 2 * spec.Layers),
        _ => new ChainStackPlan(2 * spec.Width, BackwardDoubles: (spec.Layers + 2) * spec.Width, MagnitudesWideFloats: 2 * spec.Width),
    };
}
