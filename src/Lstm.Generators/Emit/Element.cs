using Lstm.Generators.Model;

namespace Lstm.Generators.Emit;

/// <summary>How generated code names the type of its numbers.</summary>
internal sealed class Element
{
    private static readonly Element Single = new(ScalarKind.Single, "float", suffix: "f");
    private static readonly Element Double = new(ScalarKind.Double, "double", suffix: ".0");

    private readonly string suffix;

    private Element(ScalarKind scalar, string type, string suffix)
    {
        Bits = 8 * scalar.Bytes();
        Type = type;
        this.suffix = suffix;
    }

    /// <summary>The C# keyword.</summary>
    public string Type { get; }

    /// <summary>32 or 64.</summary>
    public int Bits { get; }

    /// <summary>Numbers in the narrowest vector.</summary>
    public int LeastLanes => 128 / Bits;

    /// <summary>The class that takes a struct of such numbers for a span.</summary>
    public string Packed => $"global::Lstm.Kernels.Packed<{Type}>";

    /// <summary>The literal of a whole number.</summary>
    public string Whole(int value) => $"{value}{suffix}";

    /// <summary>A double, rounded to this type; parenthesized where it is more than a name.</summary>
    public string Rounded(string value) => this == Double ? value : value.Contains(" ") ? $"({Type})({value})" : $"({Type}){value}";

    /// <summary>A value of this type as a double.</summary>
    public string Widened(string value) => this == Double ? value : $"(double){value}";

    public static Element Of(ScalarKind scalar) => scalar == ScalarKind.Double ? Double : Single;
}
