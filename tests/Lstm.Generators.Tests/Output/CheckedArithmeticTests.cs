using System;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>A project may compile with <c>CheckForOverflowUnderflow</c>: generated code must mean the same there.</summary>
public sealed class CheckedArithmeticTests
{
    private const string Source = """
        [Lstm.LstmCell(Input = 2, Hidden = 3)] public partial struct Cell;
        [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 2, Layers = 2)] public partial struct Net;

        public static class Calls
        {
            public static readonly System.Action[] OutOfRange =
            {
                () => default(Cell).W((Lstm.Gate)(-1), 0, 0) = 1,
                () => default(Cell).W(Lstm.Gate.Save, -1, 0) = 1,
                () => default(Cell).W(Lstm.Gate.Save, 0, -1) = 1,
                () => default(Cell).U(Lstm.Gate.Save, 0, int.MinValue) = 1,
                () => default(Cell).B(Lstm.Gate.Save, -1) = 1,
                () => default(Cell.Gradient).U(Lstm.Gate.Save, 0, -1) = 1,
                () => default(Net).W(-1, Lstm.Gate.Save, 0, 0) = 1,
                () => default(Net).W(0, Lstm.Gate.Save, 0, -1) = 1,
                () => default(Net).U(0, Lstm.Gate.Save, -1, 0) = 1,
                () => default(Net).U(0, Lstm.Gate.Save, 0, -1) = 1,
                () => default(Net).B(0, (Lstm.Gate)int.MinValue, 0) = 1,
                () => default(Net).V(-1, 0) = 1,
                () => default(Net).V(0, -1) = 1,
                () => default(Net).C(-1) = 1,
                () => default(Net.State).LongTermMemory(-1).Clear(),
                () => default(Net.State).WorkingMemory(-1).Clear(),
            };
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NegativeIndex_ThrowsArgumentOutOfRange(bool overflowChecks)
    {
        CSharpCompilation user = TestCompilation.Create(Source.Replace("default(Cell)", "new Cell()", StringComparison.Ordinal));
        CSharpCompilation complete = GeneratorRun.Complete(user.WithOptions(user.Options.WithOverflowChecks(overflowChecks)));
        using LoadedAssembly assembly = LoadedAssembly.Of(complete);
        Action[] calls = (Action[])assembly.Type("Calls").GetField("OutOfRange")!.GetValue(null)!;
        Assert.Equal(16, calls.Length);
        Assert.All(calls, call => Assert.IsType<ArgumentOutOfRangeException>(Record.Exception(call)));
    }
}
