using Lstm;

namespace PedalSample;

/// <summary>
/// The pedal that samples/AmpModel learned: sizes and weights come from the file, and the weights stay in the program's read-only data.
/// </summary>
[LstmNetwork(Weights = "pedal.safetensors", Backward = false)]
internal partial struct Pedal
{
    /// <summary>Samples a second of the recording that it learned from. At another rate it is another pedal.</summary>
    public const int SampleRate = 44_100;
}
