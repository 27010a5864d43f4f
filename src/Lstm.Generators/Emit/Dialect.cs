using System.Collections.Generic;
using System.Linq;

namespace Lstm.Generators.Emit;

/// <summary>How generated code names things at one vector width.</summary>
internal sealed class Dialect
{
    private Dialect(Element element, int lanes, string suffix, string vector)
    {
        Element = element;
        Lanes = lanes;
        Suffix = suffix;
        Vector = vector;
    }

    /// <summary>The type of a lane.</summary>
    public Element Element { get; }

    /// <summary>Numbers in a vector.</summary>
    public int Lanes { get; }

    /// <summary>512, 256 or 128; of one lane 32 or 64.</summary>
    public int Bits => Lanes * Element.Bits;

    /// <summary>Ends the names of methods for this width.</summary>
    public string Suffix { get; }

    /// <summary>The static class whose members work on such vectors.</summary>
    public string Vector { get; }

    /// <summary>The type of a vector.</summary>
    public string Type => Lanes == 1 ? Element.Type : $"{Vector}<{Element.Type}>";

    /// <summary>The integer as wide as a lane.</summary>
    public string Integer => Element.Bits == 64 ? "long" : "int";

    /// <summary>Ends the literals of that integer.</summary>
    public string IntegerSuffix => Element.Bits == 64 ? "L" : string.Empty;

    /// <summary>The method that takes a vector's bits for numbers.</summary>
    public string AsReal => Element.Bits == 64 ? "AsDouble" : "AsSingle";

    /// <summary>
    /// a * b + c with one rounding. Named directly where the width implies the instruction: the JIT inlines into a method only
    /// while that has under 512 locals, and each level of calls costs some.
    /// </summary>
    public string Fused => Bits switch
    {
        512 => "global::System.Runtime.Intrinsics.X86.Avx512F.FusedMultiplyAdd",
        256 => "global::System.Runtime.Intrinsics.X86.Fma.MultiplyAdd",
        _ => Names.Fused,
    };

    /// <summary>Whether this machine runs this width well.</summary>
    public string Accelerated => Bits == 256
        ? $"{Vector}.IsHardwareAccelerated && global::System.Runtime.Intrinsics.X86.Fma.IsSupported"
        : $"{Vector}.IsHardwareAccelerated";

    /// <summary>A vector of zeros.</summary>
    public string Zero => Lanes == 1 ? Element.Whole(0) : Type + ".Zero";

    /// <summary>A vector that holds one value in every lane.</summary>
    public string Constant(string literal) => Lanes == 1 ? literal : $"{Vector}.Create({literal})";

    /// <summary>A vector of equal parts, one a gate, each of one value.</summary>
    public string PerGate(IEnumerable<string> literals)
    {
        string[] parts = literals.ToArray();
        return parts.Distinct().Count() == 1
            ? Constant(parts[0])
            : $"{Vector}.Create({string.Join(", ", parts.SelectMany(part => Enumerable.Repeat(part, Lanes / parts.Length)))})";
    }

    public static Dialect Of(Element element, int lanes) => lanes == 1
        ? new Dialect(element, 1, "Scalar", string.Empty)
        : new Dialect(element, lanes, $"{lanes * element.Bits}", $"global::System.Runtime.Intrinsics.Vector{lanes * element.Bits}");
}
