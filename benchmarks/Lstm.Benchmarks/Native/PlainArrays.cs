using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>
/// Parameters or their gradient as native code takes them: row-major W (4 x d x p), U (4 x d x d) and b (4 x d), gates in the order of
/// <see cref="Gate"/>.
/// </summary>
internal sealed class PlainArrays(CellSize size)
{
    public PlainArrays(CellParameters parameters)
        : this(parameters.Size)
    {
        W = [.. parameters.W.SelectMany(static values => values)];
        U = [.. parameters.U.SelectMany(static values => values)];
        B = [.. parameters.B.SelectMany(static values => values)];
    }

    public float[] W { get; } = new float[4 * size.Hidden * size.Input];

    public float[] U { get; } = new float[4 * size.Hidden * size.Hidden];

    public float[] B { get; } = new float[4 * size.Hidden];

    public CellParameters ToParameters() => CellParameters.From<float>(
        size,
        (gate, row, column) => ref W[((((int)gate * size.Hidden) + row) * size.Input) + column],
        (gate, row, column) => ref U[((((int)gate * size.Hidden) + row) * size.Hidden) + column],
        (gate, row) => ref B[((int)gate * size.Hidden) + row]);
}
