using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
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

    /// <summary>All results of a declaration, with vectors of at most so many bits; 0 is scalar code.</summary>
    public static byte[] Run(string declaration, int widest)
    {
        string pass = declaration.Contains("Scalar.Double") ? Pass.Replace("float", "double") : Pass;
        Compilation compilation = TestCompilation.Create(
            [declaration, pass.Replace("OUTPUT", declaration.Contains("LstmNetwork") ? "Model.OutputSize" : "Model.HiddenSize")]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new LstmGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions());
        string generated = driver.RunGenerators(compilation).GetRunResult().GeneratedTrees.Single().ToString();

        // Instructions that this machine may not have, by the runtime's emulation of them.
        generated = generated
            .Replace("global::System.Runtime.Intrinsics.X86.Avx512F.FusedMultiplyAdd(", "global::Lstm.Kernels.Simd.MultiplyAdd(")
            .Replace("global::System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(", "global::Lstm.Kernels.Simd.MultiplyAdd(")
            .Replace(" && global::System.Runtime.Intrinsics.X86.Fma.IsSupported", string.Empty);
        foreach (int bits in new[] { 512, 256, 128 })
        {
            string asks = $"global::System.Runtime.Intrinsics.Vector{bits}.IsHardwareAccelerated";
            Assert.True(!AskedFor(declaration, bits) || generated.Contains(asks), $"the generated code does not ask for {bits} bits");
            generated = generated.Replace(asks, bits <= widest ? "true" : "false");
        }

        return Execute(compilation, generated);
    }

    /// <summary>Every declaration has 128 bits; wider ones only those with tiles for them.</summary>
    private static bool AskedFor(string declaration, int bits) => bits == 128 || declaration.Contains("Hidden = 20") || declaration.Contains("Hidden = 37");

    private static byte[] Execute(Compilation compilation, string generated)
    {
        using MemoryStream image = new();
        var emitted = compilation
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(generated, TestCompilation.ParseOptions()))
            .WithOptions(((CSharpCompilationOptions)compilation.Options).WithOptimizationLevel(OptimizationLevel.Release))
            .Emit(image);
        Assert.True(emitted.Success, string.Join('\n', (IEnumerable<Diagnostic>)emitted.Diagnostics));
        image.Position = 0;

        AssemblyLoadContext context = new("forced width", isCollectible: true);
        try
        {
            MethodInfo run = context.LoadFromStream(image).GetType("Pass")!.GetMethod("Run")!;
            return run.CreateDelegate<Func<byte[]>>()();
        }
        finally
        {
            context.Unload();
        }
    }
}
