using System;

namespace Lstm;

/// <summary>
/// Generates a fixed-size LSTM cell, forward and backward, into the partial struct it stands on.
/// </summary>
/// <remarks>Equations (1) to (6) in the naming of Edwin Chen, "Exploring LSTMs"; see <see cref="Gate"/>.</remarks>
/// <example><code>[LstmCell(Input = 4, Hidden = 16)] public partial struct Cell;</code></example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class LstmCellAttribute : Attribute
{
    /// <summary>p, the length of x; at least 1.</summary>
    public int Input { get; set; }

    /// <summary>d, the length of ltm and wm; at least 1.</summary>
    public int Hidden { get; set; }

    /// <summary>How multiply-adds round.</summary>
    public Arithmetic Arithmetic { get; set; }

    /// <summary>How exact the activations are.</summary>
    public Accuracy Accuracy { get; set; }

    /// <summary>How far the generated code is written out.</summary>
    public Unrolling Unrolling { get; set; }

    /// <summary>The type of every number: of weights, states, inputs and outputs.</summary>
    public Scalar Scalar { get; set; }

    /// <summary>
    /// Whether the members that train are generated, as they are by default. <see langword="false"/> leaves out the tape, <c>Gradient</c>,
    /// <c>Backward</c> and <c>Descend</c>: less code for a program that only runs a trained model.
    /// </summary>
    public bool Backward { get; set; } = true;

    /// <summary>
    /// A file of trained weights: the file name, or the path as written, of an <c>LstmWeights</c> item of the project. The sizes come from the file
    /// and need not be written. Generates <c>Trained</c>, the weights in read-only memory, and <c>TrainedState</c>.
    /// </summary>
    public string? Weights { get; set; }
}

/// <summary>
/// Generates a fixed-size stack of LSTM cells with an affine readout <c>y_t = V wm_t + c</c>, forward and backward,
/// into the partial struct it stands on. Layer k reads the working memory of layer k - 1.
/// </summary>
/// <example><code>[LstmNetwork(Input = 1, Hidden = 16, Output = 1, Layers = 1)] public partial struct Net;</code></example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class LstmNetworkAttribute : Attribute
{
    /// <summary>p, the length of x; at least 1.</summary>
    public int Input { get; set; }

    /// <summary>d, the length of every layer's ltm and wm; at least 1.</summary>
    public int Hidden { get; set; }

    /// <summary>K, the length of y; at least 1.</summary>
    public int Output { get; set; }

    /// <summary>How many cells are stacked; 1 by default, at most 8.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>How multiply-adds round.</summary>
    public Arithmetic Arithmetic { get; set; }

    /// <summary>How exact the activations are.</summary>
    public Accuracy Accuracy { get; set; }

    /// <summary>How far the generated code is written out.</summary>
    public Unrolling Unrolling { get; set; }

    /// <summary>The type of every number: of weights, states, inputs and outputs.</summary>
    public Scalar Scalar { get; set; }

    /// <summary>
    /// Whether the members that train are generated, as they are by default. <see langword="false"/> leaves out the tape, <c>Gradient</c>,
    /// <c>Backward</c> and <c>Descend</c>: less code for a program that only runs a trained model.
    /// </summary>
    public bool Backward { get; set; } = true;

    /// <summary>
    /// A file of trained weights: the file name, or the path as written, of an <c>LstmWeights</c> item of the project. The sizes come from the file
    /// and need not be written. Generates <c>Trained</c>, the weights in read-only memory, and <c>TrainedState</c>.
    /// </summary>
    public string? Weights { get; set; }
}

/// <summary>
/// Generates a deep linear chain <c>yHat = W^(L) ... W^(1) x</c> with no bias and no activation, and its explicit
/// gradients, into the partial struct it stands on: the smallest network in which gradients vanish and explode.
/// </summary>
/// <example><code>[DeepChain(Layers = 50)] public partial struct Chain;</code></example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class DeepChainAttribute : Attribute
{
    /// <summary>L, the number of layers, the last one being 1 x N; 1 to 1000.</summary>
    public int Layers { get; set; }

    /// <summary>N, the length of x; 2 by default, 1 to 16.</summary>
    public int Width { get; set; } = 2;

    /// <summary>The form of layers 1 to L - 1.</summary>
    public ChainKind Kind { get; set; }

    /// <summary>How far the generated code is written out.</summary>
    public Unrolling Unrolling { get; set; }

    /// <summary>The type of every number: of weights, states, inputs and outputs.</summary>
    public Scalar Scalar { get; set; }
}

/// <summary>
/// Asks for the portable profile in the whole assembly: code for C# 9 and netstandard2.1, with the bits of <see cref="Arithmetic.Portable"/>. It is
/// chosen by itself where the framework or the language is older than .NET 8 and C# 12. For projects without MSBuild; others can set the property
/// <c>LstmPortable</c> to <c>true</c>.
/// </summary>
/// <example><code>[assembly: Lstm.LstmPortable]</code></example>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LstmPortableAttribute : Attribute
{
}
