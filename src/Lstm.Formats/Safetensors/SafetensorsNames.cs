using System;

namespace Lstm.Formats.Safetensors;

/// <summary>
/// The names under which a model is written. A state_dict has no place for an initial state: it goes into the free texts of the header.
/// </summary>
internal static class SafetensorsNames
{
    /// <summary>The free text that holds the ltm that a layer begins with.</summary>
    public static string InitialLongTermMemory(int layer) => FormattableString.Invariant($"initial_ltm_l{layer}");

    /// <summary>The free text that holds the wm that a layer begins with.</summary>
    public static string InitialWorkingMemory(int layer) => FormattableString.Invariant($"initial_wm_l{layer}");

    /// <summary>
    /// The name of a tensor of a layer: as <c>nn.LSTM</c> itself names it, below "lstm." where there is a readout. Layers of different sizes are
    /// modules of their own, as in an <c>nn.ModuleList</c> named lstm.
    /// </summary>
    public static string Of(LstmModel model, bool equalLayers, int layer, string part) => (equalLayers, model.Output) switch
    {
        (false, _) => FormattableString.Invariant($"lstm.{layer}.{part}_l0"),
        (true, 0) => FormattableString.Invariant($"{part}_l{layer}"),
        _ => FormattableString.Invariant($"lstm.{part}_l{layer}"),
    };
}
