namespace Lstm.Generators.Emit;

/// <summary>How generated code names things at one vector width.</summary>
internal sealed class Dialect
{
    private Dialect(int lanes, string suffix, string vector)
    {
        Lanes = lanes;
        Suffix = suffix;
        Vector = vector;
    }

    /// <summary>Floats in a vector.</summary>
    public int Lanes { get; }

    /// <summary>Ends the names of methods for this width.</summary>
    public string Suffix { get; }

    /// <summary>The static class whose members work on such vectors.</summary>
    public string Vector { get; }

    /// <summary>The type of a vector.</summary>
    public string Type => Lanes == 1 ? "float" : Vector + "<float>";

    /// <summary>A vector of zeros.</summary>
    public string Zero => Lanes == 1 ? "0f" : Type + ".Zero";

    /// <summary>A vector that holds one value in every lane.</summary>
    public string Constant(string literal) => Lanes == 1 ? literal : $"{Vector}.Create({literal})";

    public static Dialect Of(int lanes) => lanes switch
    {
        16 => new Dialect(16, "512", "global::System.Runtime.Intrinsics.Vector512"),
        8 => new Dialect(8, "256", "global::System.Runtime.Intrinsics.Vector256"),
        4 => new Dialect(4, "128", "global::System.Runtime.Intrinsics.Vector128"),
        _ => new Dialect(1, "Scalar", string.Empty),
    };
}
