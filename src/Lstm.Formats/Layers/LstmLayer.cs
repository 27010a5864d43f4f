namespace Lstm.Formats.Layers;

/// <summary>An LSTM layer as a file has it; each array of matrices by the number of the gate.</summary>
/// <param name="Place">Where it stands in the file.</param>
/// <param name="Input">The length of what it reads.</param>
/// <param name="Hidden">d.</param>
/// <param name="W">d x input for each gate.</param>
/// <param name="U">d x d for each gate.</param>
/// <param name="B">d for each gate.</param>
internal sealed record LstmLayer(string Place, int Input, int Hidden, float[][] W, float[][] U, float[][] B)
{
    /// <summary>The ltm that it begins with, or null for zeros.</summary>
    public float[]? InitialLongTermMemory { get; init; }

    /// <summary>The wm that it begins with, or null for zeros.</summary>
    public float[]? InitialWorkingMemory { get; init; }

    /// <summary>Biases that are 0, for a layer that has none.</summary>
    public static float[][] NoBiases(int hidden) => [new float[hidden], new float[hidden], new float[hidden], new float[hidden]];

    /// <summary>
    /// The sum of two biases, one rounding each, as float addition gives it. Where the second is 0 the first is kept as it is, so that a -0 that was
    /// written beside a 0 is read as -0.
    /// </summary>
    public static float[] BiasSum(float[] first, float[] second)
    {
        float[] sum = new float[first.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = second[i] == 0 ? first[i] : first[i] + second[i];
        }

        return sum;
    }
}
