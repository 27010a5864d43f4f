namespace Lstm.Generators.Planning;

/// <summary>
/// How the parameters and the state of a network are packed: layer after layer, then V row by row, each row padded as wm is, then c. A cell is one
/// layer without V and c. The build task packs the weights of a file by it.
/// </summary>
/// <param name="First">The layer that reads x.</param>
/// <param name="Inner">The layers above, all alike; null where there is none.</param>
/// <param name="Layers">How many cells are stacked.</param>
/// <param name="Output">K; 0 for a cell.</param>
internal sealed record NetworkLayout(CellLayout First, CellLayout? Inner, int Layers, int Output)
{
    /// <summary>
    /// The number of this way to pack. Whoever changes where a number stands, here or in <see cref="CellLayout"/>, counts it up: weights that another
    /// version packed are then refused.
    /// </summary>
    public const int Version = 1;

    /// <summary>Where V stands.</summary>
    public int Weights => OffsetOf(Layers);

    /// <summary>Where c stands.</summary>
    public int Biases => Weights + (Output * First.Padded);

    /// <summary>Numbers of parameters, padding included.</summary>
    public int Length => Biases + Output;

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => First.ParameterCount + ((Layers - 1) * (Inner?.ParameterCount ?? 0)) + (Output * (First.Hidden + 1));

    /// <summary>Numbers of a state, padding included: ltm, then wm, of each layer.</summary>
    public int StateLength => Layers * First.StateLength;

    /// <summary>Numbers of a state without padding.</summary>
    public int StateCount => Layers * First.StateCount;

    /// <summary>Where a layer's parameters begin.</summary>
    public int OffsetOf(int layer) => layer == 0 ? 0 : First.Length + ((layer - 1) * (Inner?.Length ?? 0));

    public static NetworkLayout Of(int input, int hidden, int output, int layers) =>
        new(CellLayout.Of(input, hidden), layers > 1 ? CellLayout.Of(hidden, hidden) : null, layers, output);
}
