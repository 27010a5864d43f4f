using System.Linq;
using System.Reflection;
using Xunit;

namespace Lstm.Generators.Tests.Snapshots;

/// <summary>
/// Small generated files, kept to be read: a reviewer sees what a change of the emitters does to them. Every form of generated text
/// stands in one of them, if it can in one only: what differs by a number, as sizes do, needs no second file.
/// </summary>
public sealed class SnapshotTests
{
    // Unrolled, floats, multiply-adds.
    [Fact]
    public void Cell() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmCell(Input = 2, Hidden = 3)]
        public partial struct Cell;
        """);

    // A first and an inner layer, and all that the cell above is not: loops, doubles, plain operations, strict activations.
    [Fact]
    public void Network() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1, Layers = 2,
            Unrolling = Lstm.Unrolling.None, Scalar = Lstm.Scalar.Double, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)]
        public partial struct Net;
        """);

    [Fact]
    public void DiagonalChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3)]
        public partial struct Chain;
        """);

    [Fact]
    public void LoopedDiagonalChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3, Unrolling = Lstm.Unrolling.None)]
        public partial struct Chain;
        """);

    [Fact]
    public void DenseChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3, Kind = Lstm.ChainKind.Dense)]
        public partial struct Chain;
        """);

    [Fact]
    public void LoopedDenseChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3, Kind = Lstm.ChainKind.Dense, Unrolling = Lstm.Unrolling.None)]
        public partial struct Chain;
        """);

    // C# 9 and netstandard2.1: what differs from the cell and the chain above.
    [Fact]
    public void PortableCell() => Snapshot.Verify("""
        [assembly: Lstm.LstmPortable]

        namespace Demo
        {
            [Lstm.LstmCell(Input = 2, Hidden = 3)]
            public partial struct Cell { }
        }
        """);

    [Fact]
    public void PortableChain() => Snapshot.Verify("""
        [assembly: Lstm.LstmPortable]

        [Lstm.DeepChain(Layers = 3)]
        public partial struct Chain { }
        """);

    [Fact]
    public void EveryVerifiedFile_BelongsToATestHere() => Snapshot.VerifyNames(
    [
        .. GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => $"{nameof(SnapshotTests)}.{method.Name}"),
    ]);
}
