using System.Linq;
using System.Text;

namespace Lstm.Generators.Model;

/// <summary>How multiply-adds round; the values mirror <c>Lstm.Arithmetic</c>.</summary>
internal enum ArithmeticKind
{
    Fused,
    Portable,
}

/// <summary>How exact the activations are; the values mirror <c>Lstm.Accuracy</c>.</summary>
internal enum AccuracyKind
{
    Standard,
    Strict,
}

/// <summary>How far loops are written out; the values mirror <c>Lstm.Unrolling</c>.</summary>
internal enum UnrollingKind
{
    Auto,
    Full,
    None,
}

/// <summary>The form of a deep chain's layers; the values mirror <c>Lstm.ChainKind</c>.</summary>
internal enum ChainForm
{
    Diagonal,
    Dense,
}

/// <summary>One type declaration that has to be re-opened around generated members.</summary>
/// <param name="Keyword">For example <c>struct</c>, <c>class</c>, <c>record struct</c>.</param>
/// <param name="Name">The name as it must be written, with <c>@</c> where the name is a keyword, and with type parameters.</param>
internal sealed record TypeDeclaration(string Keyword, string Name);

/// <summary>The struct that gets the generated members, as plain data.</summary>
/// <param name="Namespace">As it must be written; empty for the global namespace.</param>
/// <param name="Containing">Containing types, outermost first.</param>
/// <param name="Type">The attributed struct itself.</param>
/// <param name="HintName">
/// Namespace, containing types and name, only <c>[A-Za-z0-9._-]</c>, ending in <c>.g.cs</c>, at most 100 characters; unique in a compilation.
/// </param>
/// <param name="Marks">Attributes of generated types that the user wrote on this one: they may stand there only once.</param>
/// <param name="Platform">What the project's framework and language allow.</param>
internal sealed record TargetType(
    string Namespace, EquatableArray<TypeDeclaration> Containing, TypeDeclaration Type, string HintName, EquatableArray<string> Marks = default,
    PlatformKind Platform = PlatformKind.Modern)
{
    /// <summary>Whether members implement the runtime's interfaces. The portable platform has none.</summary>
    public bool HasInterfaces => Platform == PlatformKind.Modern && HasRoomForInterfaces;

    /// <summary>
    /// Whether members may implement interfaces explicitly: their names hold the type's qualified name three times, and the compiler takes no name
    /// over about 1,020 bytes.
    /// </summary>
    private bool HasRoomForInterfaces { get; } =
        Encoding.UTF8.GetByteCount(string.Join(".", Containing.Select(type => type.Name).Prepend(Namespace).Append(Type.Name))) <= 288;
}

/// <summary>What the user asked for with one of the attributes, as plain data. No symbols, no locations.</summary>
internal interface ISpec
{
    TargetType Target { get; }

    UnrollingKind Unrolling { get; }

    ScalarKind Scalar { get; }

    /// <summary>The same for the portable profile, whose arithmetic is always portable.</summary>
    ISpec OnPortable();
}

/// <summary>What the user asked for with <c>[LstmCell]</c>.</summary>
/// <param name="Input">p, the length of x.</param>
/// <param name="Hidden">d, the length of ltm and wm.</param>
/// <param name="Backward">Whether the members that train are generated: tape, <c>Gradient</c>, <c>Backward</c>, <c>Descend</c>.</param>
/// <param name="Trained">Weights from a file; null where none are asked for.</param>
internal sealed record LstmCellSpec(
    TargetType Target, int Input, int Hidden, ArithmeticKind Arithmetic, AccuracyKind Accuracy, UnrollingKind Unrolling,
    ScalarKind Scalar = ScalarKind.Single, bool Backward = true, TrainedWeights? Trained = null) : ISpec
{
    public ISpec OnPortable() => this with { Target = Target with { Platform = PlatformKind.Portable }, Arithmetic = ArithmeticKind.Portable };
}

/// <summary>What the user asked for with <c>[LstmNetwork]</c>.</summary>
/// <param name="Input">p, the length of x.</param>
/// <param name="Hidden">d, the length of every layer's ltm and wm.</param>
/// <param name="Output">K, the length of y.</param>
/// <param name="Layers">How many cells are stacked.</param>
/// <param name="Backward">Whether the members that train are generated: tape, <c>Gradient</c>, <c>Backward</c>, <c>Descend</c>.</param>
/// <param name="Trained">Weights from a file; null where none are asked for.</param>
internal sealed record LstmNetworkSpec(
    TargetType Target, int Input, int Hidden, int Output, int Layers,
    ArithmeticKind Arithmetic, AccuracyKind Accuracy, UnrollingKind Unrolling,
    ScalarKind Scalar = ScalarKind.Single, bool Backward = true, TrainedWeights? Trained = null) : ISpec
{
    public ISpec OnPortable() => this with { Target = Target with { Platform = PlatformKind.Portable }, Arithmetic = ArithmeticKind.Portable };
}

/// <summary>What the user asked for with <c>[DeepChain]</c>.</summary>
/// <param name="Layers">L, the last one being 1 x N.</param>
/// <param name="Width">N, the length of x.</param>
internal sealed record DeepChainSpec(
    TargetType Target, int Layers, int Width, ChainForm Form, UnrollingKind Unrolling, ScalarKind Scalar = ScalarKind.Single) : ISpec
{
    public ISpec OnPortable() => this with { Target = Target with { Platform = PlatformKind.Portable } };
}
