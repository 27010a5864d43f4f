namespace Lstm.Generators.Model;

/// <summary>Weights of a model file that stand in an assembly beside the program, packed as the kernels read them.</summary>
/// <param name="Name">The name of the LstmWeights item.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Hash">The SHA-256 of the file, in hexadecimal.</param>
/// <param name="Rom">The full name of the type whose static field <c>Data</c> holds the weights.</param>
/// <param name="StateOffset">Where in it the state stands that a sequence begins with, in bytes; 0 for the zero state.</param>
/// <param name="Prewarm">Steps of silence that this state comes after.</param>
internal sealed record TrainedWeights(string Name, string Format, string Hash, string Rom, int StateOffset, int Prewarm)
{
    /// <summary>In the place of weights that are asked for and not looked up yet, and in stubs.</summary>
    public static readonly TrainedWeights Unread = new(
        string.Empty, string.Empty, string.Empty, "Lstm.Generated.Rom.Unread", StateOffset: 0, Prewarm: 0);
}
