using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Everything that is decided about a deep chain; the emitter only prints it.</summary>
/// <param name="Layers">L, the last one being 1 x N.</param>
/// <param name="Width">N, the length of x.</param>
/// <param name="Unrolled">Whether every multiplication is its own factor in the source, on named weights.</param>
/// <param name="Reason">Why it is unrolled or looped, for the header.</param>
/// <param name="Weights">The weights in storage order: layer 1 to L, row-major inside a layer.</param>
/// <param name="LayerSize">Parameters of each layer but the last, which has <paramref name="Width"/>.</param>
/// <param name="Stack">The buffers that its members keep on the stack.</param>
/// <param name="Scalar">The type of weights, gradients, x and y.</param>
internal sealed record DeepChainPlan(
    TargetType Target,
    int Layers,
    int Width,
    ChainForm Form,
    bool Unrolled,
    string Reason,
    EquatableArray<ChainWeight> Weights,
    int ParameterCount,
    int LayerSize,
    ChainStackPlan Stack,
    ScalarKind Scalar)
{
    /// <summary>Bytes of the parameters, and of a gradient.</summary>
    public int ParameterBytes => Scalar.Bytes() * ParameterCount;

    /// <summary>The lanes, rows or columns: 1 to N.</summary>
    public IEnumerable<int> Lanes => Enumerable.Range(1, Width);

    /// <summary>The weights of layer <paramref name="layer"/>, row-major.</summary>
    public IEnumerable<ChainWeight> Layer(int layer) =>
        Enumerable.Range((layer - 1) * LayerSize, layer == Layers ? Width : LayerSize).Select(index => Weights[index]);

    /// <summary>The weights of layer <paramref name="layer"/> as lines of fields: the rows of a matrix; a diagonal is one line.</summary>
    public IEnumerable<IEnumerable<ChainWeight>> FieldLines(int layer) =>
        Layer(layer).GroupBy(weight => Form == ChainForm.Dense ? weight.Row : 1);

    /// <summary>The weights that x_j passes in a diagonal chain, first layer first.</summary>
    public IEnumerable<ChainWeight> Lane(int j) =>
        Enumerable.Range(0, Layers).Select(layer => Weights[(layer * Width) + j - 1]);
}

/// <summary>One weight of an unrolled chain.</summary>
/// <param name="Field">Its name in the storage: <c>W3_12</c> is row 1, column 2 of W^(3).</param>
/// <param name="Layer">i, from 1.</param>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 1; the element of x^(i-1) it multiplies.</param>
internal sealed record ChainWeight(string Field, int Layer, int Row, int Column);
