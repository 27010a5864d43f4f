using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>z = b + W x + U wm of a section, every lane a gate's output, each summed in one fixed order.</summary>
internal static class SumEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        LaneNames sums = LaneNames.Of(kernel, width, section.SumLanes);
        string bias = $"ref {scope.Weights}, ";
        writer.Line("// z = b + W x + U wm, for all four gates");
        if (width.StepsAhead == 0)
        {
            EmitBegin(writer, kernel, section, scope, sums, $"{sums.Vector} ", (unit, sum) => $"{bias}{scope.WeightOffset + unit.WeightOf(sum)}");
            writer.Line($"{sums.Vector} {scope.Input};");
            EmitInputRows(writer, kernel, width, section, scope, sums);
        }
        else
        {
            foreach (UnitVector unit in section.Units)
            {
                writer.Line($"{sums.Vector} {string.Join(", ", Enumerable.Range(0, unit.Sums).Select(sum => NameOf(kernel, scope, unit, sum, 0)))};");
            }

            writer.Line($"{sums.Vector} {scope.Input};");
            using (writer.Block("if (hasInputSums)"))
            {
                EmitBegin(writer, kernel, section, scope, sums, string.Empty, (unit, sum) => $"ref inputSums, {scope.Lane(unit.LaneOf(sum))}");
            }

            using (writer.Block("else"))
            {
                EmitBegin(writer, kernel, section, scope, sums, string.Empty, (unit, sum) => $"{bias}{scope.WeightOffset + unit.WeightOf(sum)}");
                EmitInputRows(writer, kernel, width, section, scope, sums);
            }

            writer.Line();
        }

        EmitRows(writer, kernel, section, scope, sums, width.MemoryRows, "state", kernel.Layout.Padded, k => width.KeepsState
            ? $"Lane<TRun>(wmBefore, {k}, ref state, {kernel.Layout.Padded + k})"
            : $"{sums.Operation("Broadcast")}(ref state, {kernel.Layout.Padded + k})");
    }

    /// <summary>A vector of sums, all its partial sums added.</summary>
    public static string Total(KernelPlan kernel, SectionScope scope, UnitVector unit, int sum) =>
        string.Join(" + ", Enumerable.Range(0, kernel.PartialSums).Select(part => NameOf(kernel, scope, unit, sum, part)));

    private static string NameOf(KernelPlan kernel, SectionScope scope, UnitVector unit, int sum, int part)
    {
        string name = GateVector.Of(unit.GatesTogether, kernel.Activations)[sum].Name;
        return $"{name}Sum{scope.NameOf(unit)}{(part == 0 ? string.Empty : "b")}";
    }

    private static void EmitInputRows(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope, LaneNames sums) =>
        EmitRows(writer, kernel, section, scope, sums, width.InputRows, "x", 0, k => $"{sums.Operation("Broadcast")}(ref x, {k})");

    /// <summary>What the sums begin with: the first of each gate at <paramref name="from"/>, others at 0.</summary>
    /// <param name="declare">Before the name of each sum.</param>
    /// <param name="from">The reference of a vector of sums, and its place from there.</param>
    private static void EmitBegin(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, LaneNames sums, string declare,
        Func<UnitVector, int, string> from)
    {
        foreach (UnitVector unit in section.Units)
        {
            for (int sum = 0; sum < unit.Sums; sum++)
            {
                writer.Line($"{declare}{NameOf(kernel, scope, unit, sum, 0)} = {sums.Operation("Load")}({from(unit, sum)});");
                for (int part = 1; part < kernel.PartialSums; part++)
                {
                    writer.Line($"{declare}{NameOf(kernel, scope, unit, sum, part)} = {sums.Zero};");
                }
            }
        }
    }

    /// <summary>Adds the products with the inputs of some rows, in a loop for as many as the plan says.</summary>
    /// <param name="source">The reference of the inputs, from which they stand <paramref name="offset"/> on.</param>
    /// <param name="broadcast">An input that is not in the loop, in every lane.</param>
    private static void EmitRows(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, LaneNames sums, RowLoop rows, string source, int offset,
        Func<int, string> broadcast)
    {
        if (rows.Looped > 0)
        {
            EmitLoop(writer, kernel, section, scope, sums, rows, source, offset);
        }

        for (int k = rows.Looped; k < rows.Count; k++)
        {
            EmitRow(
                writer, kernel, section, scope, sums, broadcast(k), k,
                unit => (scope.Weights, scope.WeightOffset + ((rows.First + k) * unit.RowStride)));
        }
    }

    private static void EmitLoop(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, LaneNames sums, RowLoop rows, string source, int offset)
    {
        string Rows(int stride) => $"{source}Row{scope.Name}" + (stride == section.RowStrides[0] ? string.Empty : $"_{stride}");
        foreach (int stride in section.RowStrides)
        {
            writer.Line($"ref {sums.Number.Type} {Rows(stride)} = {Code.RefAt(scope.Weights, scope.WeightOffset + (rows.First * stride))};");
        }

        using (writer.Block($"for (IntPtr k = {offset}; k < {offset + rows.Looped}; k += {rows.PerIteration})"))
        {
            for (int k = 0; k < rows.PerIteration; k++)
            {
                string input = $"{sums.Operation("Broadcast")}(ref {source}, {Code.Add("k", k)})";
                EmitRow(writer, kernel, section, scope, sums, input, k, unit => (Rows(unit.RowStride), k * unit.RowStride));
            }

            foreach (int stride in section.RowStrides)
            {
                writer.Line($"{Rows(stride)} = {Code.RefAt(Rows(stride), rows.PerIteration * stride)};");
            }
        }
    }

    /// <param name="input">One input in every lane.</param>
    /// <param name="weights">For a vector of units, the reference from which its row is counted, and the row's place.</param>
    private static void EmitRow(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, LaneNames sums, string input, int k,
        Func<UnitVector, (string From, int Row)> weights)
    {
        writer.Line($"{scope.Input} = {input};");
        foreach (UnitVector unit in section.Units)
        {
            (string from, int row) = weights(unit);
            for (int i = 0; i < unit.Sums; i++)
            {
                string sum = NameOf(kernel, scope, unit, i, k % kernel.PartialSums);
                writer.Line($"{sum} = {sums.Operation("AddProduct")}(ref {from}, {row + unit.WeightOf(i)}, {scope.Input}, {sum});");
            }
        }
    }
}
