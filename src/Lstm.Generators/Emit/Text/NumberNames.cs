using Lstm.Generators.Model;

namespace Lstm.Generators.Emit;

/// <summary>How generated code names the type of its numbers.</summary>
internal sealed class NumberNames
{
    private static readonly NumberNames Single = new("float", "Float", "f", "2^-100");
    private static readonly NumberNames Double = new("double", "Double", ".0", "2^-900");

    private readonly string suffix;

    private NumberNames(string type, string title, string suffix, string leastMemory)
    {
        Type = type;
        Title = title;
        this.suffix = suffix;
        LeastMemory = leastMemory;
    }

    /// <summary>The C# keyword.</summary>
    public string Type { get; }

    /// <summary>As it stands in the names of the runtime's types.</summary>
    public string Title { get; }

    /// <summary>The least |ltm| that the runtime does not flush to 0, in words.</summary>
    public string LeastMemory { get; }

    /// <summary>A span of such numbers, fully qualified.</summary>
    public string Span => $"global::System.Span<{Type}>";

    /// <summary>A read-only span of such numbers, fully qualified.</summary>
    public string ReadOnlySpan => $"global::System.ReadOnlySpan<{Type}>";

    /// <summary>The literal of a whole number.</summary>
    public string Whole(int value) => $"{value}{suffix}";

    /// <summary>A name of a double, rounded to this type.</summary>
    public string RoundedName(string name) => this == Double ? name : $"({Type}){name}";

    /// <summary>An expression of doubles, rounded to this type.</summary>
    public string Rounded(string expression) => this == Double ? expression : $"({Type})({expression})";

    /// <summary>A value of this type as a double.</summary>
    public string Widened(string value) => this == Double ? value : $"(double){value}";

    public static NumberNames Of(ScalarKind scalar) => scalar == ScalarKind.Double ? Double : Single;
}
