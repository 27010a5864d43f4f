namespace Lstm.Formats.Keras;

/// <summary>A layer that has weights.</summary>
/// <param name="Group">The name of its group of weights: the name of its class in lower case, numbered from the second one on.</param>
/// <param name="Kind">What it is.</param>
internal sealed record KerasLayer(string Group, KerasLayerKind Kind);

/// <summary>The layers that a model can express.</summary>
internal enum KerasLayerKind
{
    /// <summary>LSTM.</summary>
    Lstm,

    /// <summary>Dense.</summary>
    Dense,

    /// <summary>Dense inside TimeDistributed.</summary>
    TimeDistributedDense,
}
