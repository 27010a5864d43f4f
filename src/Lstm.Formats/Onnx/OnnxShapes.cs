using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>
/// What the axes of a value mean, on the way from the input to the output: so it is known that operators which move axes put every number
/// where the next layer reads it.
/// </summary>
/// <param name="graph">The graph.</param>
internal sealed class OnnxShapes(OnnxGraph graph)
{
    private const char Time = 'T';
    private const char Batch = 'B';
    private const char Direction = 'D'; // of length 1, since only one direction is read
    private const char Features = 'F';
    private const char One = '1';
    private const char Unknown = '?';

    /// <summary>A character for each axis; null while the file does not say how many there are.</summary>
    private List<char>? axes;

    /// <summary>A constant without the axes of length 1 in front, such as a bias that was unsqueezed.</summary>
    public static Tensor? WithoutOnes(Tensor? constant) =>
        constant is null ? null : constant with { Shape = [.. constant.Shape.Where(static length => length != 1)] };

    /// <summary>The axes of the graph's input.</summary>
    public void Begin(int? rank) => axes = rank is { } known ? [.. Enumerable.Repeat(Unknown, known)] : null;

    /// <summary>An LSTM reads T x B x F, or B x T x F with layout 1, and gives every step or the last one.</summary>
    /// <exception cref="LstmFormatException">Its input has other axes.</exception>
    public void Lstm(NodeProto node, bool batchFirst, bool lastStep)
    {
        string expected = batchFirst ? "BTF" : "TBF";
        if (axes is not null && (axes.Count != expected.Length || !axes.Zip(expected, Fits).All(static fits => fits)))
        {
            throw graph.Refuse(node, $"an input whose axes are {Text()}", $"axes {Named(expected)}, of its layout");
        }

        axes = [.. (batchFirst, lastStep) switch
        {
            (false, false) => "TDBF",
            (true, false) => "BTDF",
            (false, true) => "DBF",
            _ => "BDF",
        }];
    }

    /// <summary>An affine layer works on the last axis.</summary>
    /// <exception cref="LstmFormatException">The last axis is another one.</exception>
    public void Dense(NodeProto node, bool isMatrix)
    {
        if (axes is null)
        {
            return;
        }

        if (axes.Count == 0 || (isMatrix && axes.Count != 2) || axes[^1] is not (Features or Unknown))
        {
            throw graph.Refuse(node, $"an input whose axes are {Text()}", isMatrix ? "two axes, features last" : "features as the last axis");
        }

        axes[^1] = Features;
    }

    /// <summary>The output must have its features last, or none where the one that there is was taken out of its axis.</summary>
    /// <exception cref="LstmFormatException">It has not.</exception>
    public void End(NodeProto node)
    {
        if (axes is not null && axes.IndexOf(Features) is var at and >= 0 && at != axes.Count - 1)
        {
            throw graph.Refuse(node, $"an output whose axes are {Text()}", "features as the last axis");
        }
    }

    /// <summary>An operator that moves axes.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="width">The number of features.</param>
    /// <exception cref="LstmFormatException">It does not only move axes, or its parameters are computed.</exception>
    public void Move(NodeProto node, int width)
    {
        if (axes is null)
        {
            return;
        }

        axes = node.OpType switch
        {
            "Transpose" => Transposed(node, axes),
            "Squeeze" => Squeezed(node, axes, width),
            "Unsqueeze" => Unsqueezed(node, axes),
            "Reshape" => Reshaped(node, axes, width),
            "Gather" => Gathered(node, axes, width),
            _ => axes,
        };
    }

    private List<char> Transposed(NodeProto node, List<char> of)
    {
        List<int> order = OnnxGraph.Attribute(node, "perm") is { } perm
            ? [.. perm.Ints.Select(axis => Index(node, axis, of.Count))]
            : [.. Enumerable.Range(0, of.Count).Reverse()];
        if (order.Count != of.Count || order.Distinct().Count() != of.Count)
        {
            throw graph.Refuse(node, $"an order of {order.Count} axes for {of.Count}", "each axis once");
        }

        return [.. order.Select(axis => of[axis])];
    }

    private List<char> Squeezed(NodeProto node, List<char> of, int width)
    {
        if (Parameter(node, "axes") is not { } named)
        {
            // Every axis of one item. Whether there is one sequence is known only when the graph runs.
            return [.. of.Where(axis => axis is not (Direction or One) && !(axis == Features && width == 1))];
        }

        int[] removed = [.. named.Select(axis => Index(node, axis, of.Count))];
        if (removed.FirstOrDefault(axis => !IsOne(of[axis], width), -1) is var wrong and >= 0)
        {
            throw graph.Refuse(node, $"axis {wrong} of {Text()} removed", "axes of one item removed");
        }

        return [.. of.Where((_, axis) => !removed.Contains(axis))];
    }

    private List<char> Unsqueezed(NodeProto node, List<char> of)
    {
        long[] named = Parameter(node, "axes") ?? [];
        int rank = of.Count + named.Length;
        var inserted = new HashSet<int>(named.Select(axis => Index(node, axis, rank)));
        if (named.Length is 0 or > 4 || inserted.Count != named.Length)
        {
            throw graph.Refuse(node, $"{named.Length} axes inserted", "one to four axes, each once, that are constants");
        }

        var from = new Queue<char>(of);
        return [.. Enumerable.Range(0, rank).Select(axis => inserted.Contains(axis) ? One : from.Dequeue())];
    }

    private List<char> Reshaped(NodeProto node, List<char> of, int width)
    {
        long[] shape = graph.Whole(OnnxGraph.Input(node, 1)) ?? (OnnxGraph.Attribute(node, "shape") is { } old ? [.. old.Ints] : []);
        List<char> rest = [.. of.Where(static axis => axis is not (Direction or One or Features))];

        // The last axis stays the features if it has their number. If it is what remains (-1) behind copied axes (0), it alone may remain,
        // beside axes of length 1.
        int copied = shape.Length - 1;
        bool keepsFeatures = shape.Length is > 0 and <= 8 && of.Count > 0 && of[^1] is Features or Unknown
            && (shape[^1] == width || (shape[^1] == -1 && copied < of.Count && shape[..^1].All(static length => length == 0)
                && of.Skip(copied).All(static axis => axis is Direction or One or Features or Unknown)));
        if (!keepsFeatures)
        {
            throw graph.Refuse(
                node, $"{Text()} reshaped to [{string.Join(", ", shape.Take(8))}]",
                FormattableString.Invariant($"a constant shape that ends with the {width} features"));
        }

        return [.. copied == rest.Count ? rest : Enumerable.Repeat(Unknown, copied), Features];
    }

    /// <summary>The last step of a sequence, or the one item of an axis of length 1.</summary>
    private List<char> Gathered(NodeProto node, List<char> of, int width)
    {
        int axis = Index(node, OnnxGraph.Attribute(node, "axis")?.I ?? 0, of.Count);
        long[]? index = graph.Whole(OnnxGraph.Input(node, 1));
        bool isLast = index is [-1] && of[axis] == Time;
        bool isOnly = index is [0 or -1] && IsOne(of[axis], width);
        return isLast || isOnly ? [.. of.Where((_, i) => i != axis)] : throw graph.Refuse(
            node, $"items [{string.Join(", ", (index ?? []).Take(8))}] of axis {axis} of {Text()}",
            "the last step, or the one item of an axis");
    }

    /// <summary>Whole numbers that older versions have as an attribute and newer ones as an input.</summary>
    private long[]? Parameter(NodeProto node, string name)
    {
        if (OnnxGraph.Attribute(node, name) is { } attribute)
        {
            return [.. attribute.Ints];
        }

        string input = OnnxGraph.Input(node, 1);
        return input.Length == 0 ? null : graph.Whole(input) ?? throw graph.Refuse(node, $"{name} that are computed", $"{name} that are constants");
    }

    private int Index(NodeProto node, long axis, int rank)
    {
        long index = axis < 0 ? axis + rank : axis;
        return index >= 0 && index < rank ? (int)index : throw graph.Refuse(node, $"axis {axis}", FormattableString.Invariant($"an axis of {rank}"));
    }

    /// <summary>Whether an axis has one item, or may have: one sequence, one feature, or an axis of which nothing is known.</summary>
    private static bool IsOne(char axis, int width) => axis is Direction or One or Batch or Unknown || (axis == Features && width == 1);

    private static bool Fits(char axis, char expected) => axis == expected || axis == Unknown || (axis == One && expected == Batch);

    private string Text() => Named(axes ?? []);

    private static string Named(IEnumerable<char> of) => "[" + string.Join(", ", of.Select(static axis => axis switch
    {
        Time => "steps",
        Batch => "sequences",
        Direction => "directions",
        Features => "features",
        One => "1",
        _ => "?",
    })) + "]";
}
