using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

/// <summary>Generated code made to believe in other vectors than this machine's: the runtime emulates those that it has not.</summary>
internal static class ForcedWidth
{
    /// <summary>
    /// The driver of a declaration named <c>Model</c>: weights, a pass over 37 steps and back, one without a tape, one of 8 sequences at
    /// once, and all their results as bytes.
    /// </summary>
    private const string Pass = """
        using System;

        public static class Pass
        {
            public static byte[] Run()
            {
                const int Steps = 37;
                using var model = new Lstm.AlignedMemory<Model>();
                model.Value.Initialize(5);
                var random = new Lstm.Kernels.UniformRandom(6);
                float[] x = new float[Steps * Model.InputSize], y = new float[Steps * OUTPUT], dY = new float[Steps * OUTPUT];
                float[] unrecorded = new float[y.Length], dX = new float[x.Length], tape = new float[Model.TapeLength(Steps)];
                for (int i = 0; i < x.Length; i++) x[i] = random.Next(2);
                for (int i = 0; i < dY.Length; i++) dY[i] = random.Next(1);
                var state = new Model.State[3];
                using var gradient = new Lstm.AlignedMemory<Model.Gradient>();
                model.Value.Forward(x, ref state[0], y, tape);
                model.Value.Backward(x, tape, dY, ref state[1], ref gradient.Value, dX);
                model.Value.Forward(x, ref state[2], unrecorded);
                const int Sequences = 8, Few = 3;
                float[] manyX = x[..(Few * Sequences * Model.InputSize)], manyDY = dY[..(Few * Sequences * OUTPUT)];
                float[] manyY = new float[manyDY.Length], manyDX = new float[manyX.Length], tapes = new float[Model.TapeLength(Few, Sequences)];
                var states = new Model.State[2 * Sequences];
                model.Value.Forward(manyX, states.AsSpan(0, Sequences), manyY, tapes);
                model.Value.Backward(manyX, tapes, manyDY, states.AsSpan(Sequences), ref gradient.Value, manyDX);
                var all = new System.IO.MemoryStream();
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(y));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(unrecorded));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Model.State>(state));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(gradient.Value.Values));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(dX));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(manyY));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(manyDX));
                all.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Model.State>(states));
                return all.ToArray();
            }
        }
        """;

    /// <summary>Bits of the vectors that generated code is written for.</summary>
    public static IEnumerable<int> Widths => [128, 256, 512];

    /// <summary>
    /// Compiles a declaration and hands its results, with vectors of at most so many bits, to <paramref name="check"/>; 0 is scalar code.
    /// </summary>
    public static void Run(string declaration, Action<Func<int, byte[]>> check) => Run(declaration, Pass, check);

    /// <summary>The same with another driver.</summary>
    /// <param name="driver">A class <c>Pass</c> with a method <c>Run</c>. OUTPUT stands for the length of y, float for the type of numbers.</param>
    public static void Run(string declaration, string driver, Action<Func<int, byte[]>> check)
    {
        string pass = declaration.Contains("Scalar.Double") ? driver.Replace("float", "double") : driver;
        CSharpCompilation compilation = TestCompilation.Create(
            [declaration, pass.Replace("OUTPUT", declaration.Contains("LstmNetwork") ? "Model.OutputSize" : "Model.HiddenSize")],
            references: EmulatedRuntime.References);
        string generated = Assert.Single(GeneratorRun.Files(compilation)).Text;
        Assert.All(Widths, bits => Assert.True(
            !AskedFor(declaration, bits) || generated.Contains($"Width.Is{bits}"), $"the generated code does not ask for {bits} bits"));

        CSharpParseOptions options = TestCompilation.ParseOptions().WithDocumentationMode(DocumentationMode.None);
        compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(generated, options));
        using LoadedAssembly assembly = LoadedAssembly.Of(compilation, EmulatedRuntime.Image);
        FieldInfo widest = assembly.Dependency.GetType("Lstm.Kernels.Width", throwOnError: true)!.GetField("Widest")!;
        Func<byte[]> run = assembly.Type("Pass").GetMethod("Run")!.CreateDelegate<Func<byte[]>>();
        check(bits =>
        {
            widest.SetValue(null, bits);
            return run();
        });
    }

    /// <summary>Every declaration has 128 bits; wider ones only those with tiles for them.</summary>
    private static bool AskedFor(string declaration, int bits) =>
        bits == 128 || declaration.Contains("Hidden = 20") || declaration.Contains("Hidden = 37");
}
