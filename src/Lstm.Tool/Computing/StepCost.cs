using System;
using Lstm.Formats.Layers;

namespace Lstm.Tool.Computing;

/// <summary>What a step of a generated type costs.</summary>
/// <param name="MultiplyAdds">Products with weights, without padding.</param>
/// <param name="WeightBytes">The bytes of all weights, without padding.</param>
/// <param name="Nanoseconds">An estimate, see <see cref="Of"/>.</param>
internal sealed record StepCost(long MultiplyAdds, long WeightBytes, double Nanoseconds)
{
    // Fitted to the table of docs/benchmarks.md (one core with AVX2 at 2.4 GHz), of which it is within 10 %, from (1,8) to (8,128).
    private const double LayerNanoseconds = 28;
    private const double MultiplyAddsPerNanosecond = 33;
    private const double FirstLevelCacheBytes = 32 << 10;
    private const double BytesBeyondPerNanosecond = 270;

    /// <summary>The machine of the estimate, for people.</summary>
    public const string Machine = "one core with AVX2 at 2.4 GHz";

    /// <summary>
    /// The cost of a model's step. Time of a layer: what its chain from sums to wm takes, its multiply-adds with padding, and reading what exceeds
    /// the first-level cache.
    /// </summary>
    /// <param name="model">The model.</param>
    public static StepCost Of(LstmModel model)
    {
        const int gates = 4;
        long products = 0;
        double nanoseconds = 0;
        for (int k = 0; k < model.LayerCount; k++)
        {
            long columns = ModelShape.InputOf(model, k) + model.Hidden(k);
            products += gates * model.Hidden(k) * columns;
            double padded = gates * (double)Padded(model.Hidden(k)) * columns;
            nanoseconds += LayerNanoseconds + (padded / MultiplyAddsPerNanosecond)
                + (Math.Max(0, (sizeof(float) * padded) - FirstLevelCacheBytes) / BytesBeyondPerNanosecond);
        }

        products += model.V.Length;
        return new StepCost(products, sizeof(float) * ParameterCount(model), nanoseconds + (model.V.Length / MultiplyAddsPerNanosecond));
    }

    /// <summary>The number of W, U, b, V and c, without padding.</summary>
    public static long ParameterCount(LstmModel model)
    {
        const int gates = 4;
        long count = model.V.Length + model.C.Length;
        for (int k = 0; k < model.LayerCount; k++)
        {
            count += gates * model.Hidden(k) * (1L + ModelShape.InputOf(model, k) + model.Hidden(k));
        }

        return count;
    }

    /// <summary>Units with padding: tiles of 16, and the rest in one of 16, 8 or 4.</summary>
    private static int Padded(int hidden) => (hidden % 16) switch
    {
        0 => hidden,
        <= 4 => hidden - (hidden % 16) + 4,
        <= 8 => hidden - (hidden % 16) + 8,
        _ => hidden - (hidden % 16) + 16,
    };
}
