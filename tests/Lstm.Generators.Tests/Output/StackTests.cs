using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>The buffers that generated code keeps on the stack are those of the plan, and the header adds them up.</summary>
public sealed class StackTests
{
    public static TheoryData<string> Shapes => [.. Declarations.Shapes.Where(shape => !shape.Contains("DeepChain"))];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Buffers_AreThePlans(string shape)
    {
        (string text, StackPlan stack, KernelPlan kernel) = Generate(shape);
        HashSet<string> planned =
        [
            .. new[] { stack.NewWm, stack.LayerWm, stack.DZ, stack.DWm, stack.BatchDZ, stack.BatchDWm }.Select(Text),
            $"mostAhead * {Text(kernel.Layout.GatesLength)}",
            $"(Math.Min(sequences, {Text(kernel.Batch.Block)}) * {Text(kernel.Batch.Scratch)}) + {Text(stack.Slack)}",
        ];

        string[] buffers = [.. Regex.Matches(text, @"stackalloc \w+\[(?<length>[^\]]*)\]").Select(match => match.Groups["length"].Value)];
        Assert.NotEmpty(buffers);
        Assert.Subset(planned, buffers.ToHashSet());
        Assert.Equal((kernel.Batch.Block * kernel.Batch.Scratch) + stack.Slack, stack.BatchScratch);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Header_SaysTheMostStackOfEachMember(string shape)
    {
        (string text, StackPlan stack, KernelPlan kernel) = Generate(shape);
        (string step, string many) = kernel.Backward
            ? ($"Step {Text(stack.Step)}, Forward {Text(stack.Forward)}, Backward {Text(stack.Backward)};",
                $"Step and Forward {Text(stack.ForwardMany)}, Backward {Text(stack.BackwardMany)}.")
            : ($"Step {Text(stack.Step)}, Forward {Text(stack.Forward)};", $"Step and Forward {Text(stack.ForwardMany)}.");

        Assert.Contains($"// Buffers on the stack, in bytes, at most: {step}\n// of many sequences {many}\n", text);
    }

    private static (string Text, StackPlan Stack, KernelPlan Kernel) Generate(string shape)
    {
        Compilation compilation = TestCompilation.Create($"{shape} public partial struct Model;");
        string text = Assert.Single(GeneratorRun.Files((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)compilation)).Text;
        switch (Assert.Single(SpecReader.ReadAll(compilation)))
        {
            case LstmCellSpec cell:
                LstmCellPlan plan = LstmCellPlanner.Plan(cell);
                return (text, plan.Stack, plan.Kernel);
            case LstmNetworkSpec network:
                LstmNetworkPlan stack = LstmNetworkPlanner.Plan(network);
                return (text, stack.Stack, stack.First);
            default:
                throw new InvalidOperationException(shape);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
