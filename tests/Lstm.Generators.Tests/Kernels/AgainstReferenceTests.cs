using System;
using System.Linq;
using System.Reflection;
using Lstm.Generators.Tests.Infrastructure;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

/// <summary>
/// What is generated, compiled and run here, against the textbook in double. <see cref="ForcedWidthTests"/> hold that every vector width has the bits
/// of scalar code; together no emitted term can be wrong unnoticed. Golden cases and more sizes: Lstm.Integration.Tests.
/// </summary>
public class AgainstReferenceTests
{
    public static TheoryData<string> Recurrent =>
    [
        "[Lstm.LstmCell(Input = 3, Hidden = 5)]",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Unrolling = Lstm.Unrolling.None)]",
        "[Lstm.LstmCell(Input = 1, Hidden = 61)]",
        "[Lstm.LstmCell(Input = 2, Hidden = 19, Accuracy = Lstm.Accuracy.Strict, Arithmetic = Lstm.Arithmetic.Portable)]",
        "[Lstm.LstmNetwork(Input = 24, Hidden = 37, Output = 3, Layers = 2)]",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 8, Output = 1)]",
        "[Lstm.LstmNetwork(Input = 2, Hidden = 13, Output = 17, Layers = 3, Scalar = Lstm.Scalar.Double)]",
    ];

    public static TheoryData<string> Chains =>
    [
        "[Lstm.DeepChain(Layers = 7, Width = 3)]",
        "[Lstm.DeepChain(Layers = 7, Width = 3, Unrolling = Lstm.Unrolling.None)]",
        "[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.Dense, Scalar = Lstm.Scalar.Double)]",
        "[Lstm.DeepChain(Layers = 3, Width = 12, Kind = Lstm.ChainKind.Dense)]",
        "[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.Dense, Unrolling = Lstm.Unrolling.None)]",
    ];

    /// <summary>One sequence over two blocks of steps, and more sequences than a block holds.</summary>
    [Theory]
    [MemberData(nameof(Recurrent))]
    public void RecurrentType_ComputesWhatTheReferenceComputes(string attribute)
    {
        IRecurrentCheck check = Load<IRecurrentCheck>(attribute, typeof(RecurrentCheck<,,,>), "State", "Gradient");

        check.InitialWeights();
        check.Silence();
        check.InfiniteInput();
        check.Run(steps: 67, sequences: 1);
        check.Run(steps: 7, sequences: 15);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Chain_ComputesWhatTheReferenceComputes(string attribute) =>
        Load<IChainCheck>(attribute, typeof(ChainCheck<,,>), "Gradient").Run(attribute.Contains("Dense") ? ChainKind.Dense : ChainKind.Diagonal);

    /// <summary>Compiles the type and makes its check, which is generic over it, its numbers and the types nested in it.</summary>
    private static TCheck Load<TCheck>(string attribute, Type check, params string[] nested)
    {
        LoadedAssembly assembly = LoadedAssembly.Of(GeneratorRun.Complete(TestCompilation.Create($"{attribute} public partial struct Model;")));
        Type number = attribute.Contains("Scalar.Double") ? typeof(double) : typeof(float);
        Type[] types = [assembly.Type("Model"), number, .. nested.Select(name => assembly.Type($"Model+{name}"))];
        return (TCheck)Activator.CreateInstance(
            check.MakeGenericType(types), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }
}
