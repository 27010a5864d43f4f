using System;
using System.Globalization;
using System.Reflection;
using Lstm.Generators.Emit;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Lstm.Generators.Tests.Infrastructure;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>Numbers that generator and runtime both have, since the generator cannot refer to the runtime.</summary>
public sealed class RuntimeAgreementTests
{
    [Theory]
    [InlineData("Single", 4)]
    [InlineData("Double", 8)]
    public void Tape_LeavesTheRoomOfTheRuntimesLabel(string scalar, int bytes)
    {
        LstmCellPlan plan = LstmCellPlanner.Plan(SpecReader.Read<LstmCellSpec>(
            $"[Lstm.LstmCell(Input = 2, Hidden = 3, Scalar = Lstm.Scalar.{scalar})] partial struct Cell;")!);
        Assert.Equal((TapeLabel.Bytes / bytes) + plan.Kernel.Tape.Header, plan.Tape.Header);
    }

    [Theory]
    [InlineData("Float")]
    [InlineData("Double")]
    public void Header_NamesTheLeastMemoryOfTheRuntime(string scalar)
    {
        Type runtime = typeof(TapeLabel).Assembly.GetType("Lstm.Kernels.LeastMemory", throwOnError: true)!;
        object least = runtime.GetField(scalar, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;
        string words = NumberNames.Of(scalar == "Double" ? ScalarKind.Double : ScalarKind.Single).LeastMemory;
        Assert.StartsWith("2^-", words, StringComparison.Ordinal);
        int exponent = int.Parse(words.AsSpan(2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        Assert.Equal(Math.ScaleB(1, exponent), Convert.ToDouble(least, CultureInfo.InvariantCulture));
    }
}
