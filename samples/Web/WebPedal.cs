using Lstm;

namespace WebSample;

/// <summary>
/// The pedal that samples/AmpModel learned. Portable arithmetic: the browser plays it with the bits of every other machine. It has a way back, so
/// that a pedal of the same size can be learned in the browser.
/// </summary>
[LstmNetwork(Weights = "pedal.safetensors", Arithmetic = Arithmetic.Portable)]
internal partial struct WebPedal;
