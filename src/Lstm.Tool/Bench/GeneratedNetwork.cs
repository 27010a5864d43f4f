using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Lstm.Generators;
using Lstm.Tool.Computing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.Tool.Bench;

/// <summary>A model in the network that the generator writes for its sizes, compiled while the tool runs.</summary>
internal sealed class GeneratedNetwork
{
    /// <summary>Steps whose outputs are compared.</summary>
    public const int CheckedSteps = 500;

    /// <summary>Steps of one call of Forward.</summary>
    public const int StepsInABlock = 64;

    private readonly LstmModel model;
    private readonly Action<LstmModel> load;
    private readonly Action<float[], float[]> steps;
    private readonly Action<float[], float[]> forward;
    private readonly float[] x;
    private readonly float[] y;

    private GeneratedNetwork(LstmModel model, string attribute, Type harness)
    {
        this.model = model;
        Attribute = attribute;
        load = harness.GetMethod("Load")!.CreateDelegate<Action<LstmModel>>();
        steps = harness.GetMethod("Steps")!.CreateDelegate<Action<float[], float[]>>();
        forward = harness.GetMethod("Forward")!.CreateDelegate<Action<float[], float[]>>();
        x = Array.ConvertAll(Signals.Noise(StepsInABlock, model.Input), static value => (float)value);
        y = new float[StepsInABlock * (model.Output == 0 ? model.Hidden(0) : model.Output)];
        load(model);
    }

    /// <summary>The declaration that was generated from.</summary>
    public string Attribute { get; }

    /// <summary>Generates and compiles.</summary>
    /// <exception cref="ToolException">No generated type has such sizes.</exception>
    public static GeneratedNetwork Of(LstmModel model)
    {
        GeneratedType type = GeneratedType.Of(model, ", Backward = false");
        string attribute = type.Attribute ?? throw new ToolException($"There is nothing to measure: {type.Hindrance}.");
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var compilation = CSharpCompilation.Create(
            "Lstm.Measured",
            [CSharpSyntaxTree.ParseText(Source(attribute, type.IsCell), options)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                .WithOptimizationLevel(OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new LstmGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out ImmutableArray<Diagnostic> problems);
        Refuse(problems);
        using var assembly = new MemoryStream();
        Refuse(complete.Emit(assembly).Diagnostics);
        return new GeneratedNetwork(model, attribute, Assembly.Load(assembly.ToArray()).GetType("Harness")!);
    }

    /// <summary>The largest difference between its outputs and those of the textbook's equations in double.</summary>
    public double LargestError()
    {
        double[] noise = Signals.Noise(CheckedSteps, model.Input);
        double[] expected = new ModelPlayer(model).Run(noise);
        float[] actual = new float[expected.Length];
        load(model);
        steps(Array.ConvertAll(noise, static value => (float)value), actual);
        return expected.Zip(actual, static (a, b) => Math.Abs(a - b)).Max();
    }

    /// <summary>Runs a block of steps, a call for each step.</summary>
    /// <returns>How many steps.</returns>
    public int Steps()
    {
        steps(x, y);
        return StepsInABlock;
    }

    /// <summary>Runs a block of steps in one call.</summary>
    /// <returns>How many steps.</returns>
    public int Blocks()
    {
        forward(x, y);
        return StepsInABlock;
    }

    private static void Refuse(ImmutableArray<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new ToolException($"There is nothing to measure: {error.Id}, {error.GetMessage(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>A program as a user would write it, with network and state in aligned memory.</summary>
    private static string Source(string attribute, bool isCell)
    {
        string output = isCell ? "HiddenSize" : "OutputSize";
        string step = isCell
            ? "net.Step(now, ref state); state.WorkingMemory.CopyTo(result);"
            : "net.Step(now, ref state, result);";
        return $$"""
            using System;
            using Lstm;

            {{attribute}}
            public partial struct Measured;

            public static class Harness
            {
                private static readonly AlignedMemory<Measured> Network = new();
                private static readonly AlignedMemory<Measured.State> State = new();

                public static void Load(LstmModel model)
                {
                    Network.Value.Load(model);
                    State.Value.Load(model);
                }

                public static void Steps(float[] x, float[] y)
                {
                    ref Measured net = ref Network.Value;
                    ref Measured.State state = ref State.Value;
                    int steps = x.Length / Measured.InputSize;
                    for (int t = 0; t < steps; t++)
                    {
                        ReadOnlySpan<float> now = x.AsSpan(t * Measured.InputSize, Measured.InputSize);
                        Span<float> result = y.AsSpan(t * Measured.{{output}}, Measured.{{output}});
                        {{step}}
                    }
                }

                public static void Forward(float[] x, float[] y) => Network.Value.Forward(x, ref State.Value, y);
            }
            """;
    }
}
