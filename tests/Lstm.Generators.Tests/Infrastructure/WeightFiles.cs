using System.Threading;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Files of weights, as the build task describes them to the generator.</summary>
internal static class WeightFiles
{
    /// <summary>The type that holds the weights in all of them, as source.</summary>
    public const string Rom = "namespace Lstm.Generated.Rom { public struct Test { public static readonly Test Data; } }";

    public static readonly WeightsDescriptor Pedal = new(
        "pedal.nam", "models/pedal.nam", NetworkLayout.Version, "nam", new string('a', 64), Input: 1, Hidden: 16, Output: 1, Layers: 1,
        StateOffset: 0, Prewarm: 0, "Lstm.Generated.Rom.Test");

    public static readonly WeightsDescriptor Deep = Pedal with
    {
        Name = "deep.onnx", Path = "deep.onnx", Input = 2, Hidden = 8, Output = 3, Layers = 2, StateOffset = 6464, Prewarm = 100,
    };

    public static readonly WeightsDescriptor Cell = Pedal with { Name = "cell.safetensors", Path = "cell.safetensors", Output = 0, Hidden = 5 };

    /// <summary>All of them.</summary>
    public static AdditionalText[] All => [new Text(Pedal), new Text(Deep), new Text(Cell)];

    /// <summary>A descriptor as an additional file.</summary>
    internal sealed class Text(WeightsDescriptor file) : AdditionalText
    {
        public override string Path { get; } = $"/obj/{file.Name}{WeightsDescriptor.Extension}";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(file.ToText());
    }
}
