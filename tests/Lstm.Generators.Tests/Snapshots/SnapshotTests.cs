using System.Linq;
using System.Reflection;
using Xunit;

namespace Lstm.Generators.Tests.Snapshots;

/// <summary>Small generated files, kept to be read: a reviewer sees what a change of the emitters does to them.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Cell() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmCell(Input = 2, Hidden = 3)]
        public partial struct Cell;
        """);

    [Fact]
    public void LoopedPortableStrictCell() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmCell(Input = 2, Hidden = 3, Unrolling = Lstm.Unrolling.None, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)]
        public partial struct Cell;
        """);

    [Fact]
    public void DoubleCell() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmCell(Input = 2, Hidden = 3, Scalar = Lstm.Scalar.Double)]
        public partial struct Cell;
        """);

    [Fact]
    public void Network() => Snapshot.Verify("""
        namespace Demo;

        [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1, Layers = 2)]
        public partial struct Net;
        """);

    [Fact]
    public void DiagonalChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3)]
        public partial struct Chain;
        """);

    [Fact]
    public void DenseChain() => Snapshot.Verify("""
        [Lstm.DeepChain(Layers = 3, Kind = Lstm.ChainKind.Dense)]
        public partial struct Chain;
        """);

    [Fact]
    public void EveryVerifiedFile_BelongsToATestHere()
    {
        string[] tests =
        [
            .. GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
                .Select(method => $"{nameof(SnapshotTests)}.{method.Name}"),
        ];
        Assert.All(Snapshot.VerifiedNames(), name => Assert.Contains(name.Split('#')[0], tests));
    }
}
