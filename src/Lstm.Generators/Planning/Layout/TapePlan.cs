using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// The whole tape of a cell or network: a label, which says what was recorded, and then layer after layer as <see cref="TapeLayout"/> says.
/// Places and lengths count numbers.
/// </summary>
/// <param name="Header">Numbers before the first record of a tape of one sequence, without the other layers' records.</param>
/// <param name="Record">Numbers of a step of all layers.</param>
/// <param name="Mark">
/// A number in [2^23, 2^24) for all sizes that decide what a tape holds and where. Types that differ in them have different marks, but for one
/// pair in eight million.
/// </param>
internal sealed record TapePlan(int Header, int Record, int Mark)
{
    /// <summary>The runtime's <c>TapeLabel.Bytes</c>: a cache line, so that what follows is aligned as the tape is.</summary>
    private const int LabelBytes = 64;

    /// <param name="first">The kernels of the first layer.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="output">K of a network; 0 for a cell.</param>
    public static TapePlan Of(KernelPlan first, int layers, int output)
    {
        int label = LabelBytes / first.Scalar.Bytes();
        TapeLayout tape = first.Tape;
        int mark = MarkOf(first.Layout.Input, first.Layout.Hidden, layers, output, first.Scalar.Bytes(), tape.Record);
        return new TapePlan(label + (layers * tape.Header), layers * tape.Record, mark);
    }

    /// <summary>The FNV-1a hash of some numbers, folded to 23 bits.</summary>
    private static int MarkOf(params int[] numbers)
    {
        uint hash = 2166136261;
        foreach (int number in numbers)
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                hash = unchecked((hash ^ (byte)(number >> shift)) * 16777619);
            }
        }

        return (1 << 23) | (int)((hash ^ (hash >> 23)) & ((1 << 23) - 1));
    }
}
