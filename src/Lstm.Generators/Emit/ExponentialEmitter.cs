namespace Lstm.Generators.Emit;

/// <summary>What activations made from an exponential share, over floats and doubles alike.</summary>
internal static class ExponentialEmitter
{
    /// <summary>What needs a number's bits or a choice, which vectors and scalars spell differently.</summary>
    public static void EmitBits(SourceWriter writer, Dialect dialect)
    {
        bool isDouble = dialect.Element.Bits == 64;
        string type = dialect.Type;
        string v = dialect.Vector;
        string asInteger = isDouble ? "AsInt64" : "AsInt32";
        (string math, string toReal, string toInteger) = isDouble
            ? ("global::System.Math", "Int64BitsToDouble", "DoubleToInt64Bits")
            : ("global::System.MathF", "Int32BitsToSingle", "SingleToInt32Bits");
        (string bias, int mantissa, string rounder, string negativeZero) = isDouble
            ? ("1023L", 52, "0x4338000000000000L", "-0.0")
            : ("127", 23, "0x4B400000", "-0f");
        (string Abs, string Below, string Sign, string Power, string Bits) body = dialect.Lanes == 1
            ? ($"{math}.Abs(x)",
                "x < limit ? then : otherwise",
                $"{math}.CopySign(magnitude, sign)",
                $"global::System.BitConverter.{toReal}((exponent + {bias}) << {mantissa})",
                $"global::System.BitConverter.{toInteger}(shifted) - {rounder}")
            : ($"{v}.Abs(x)",
                $"{v}.ConditionalSelect({v}.LessThan(x, limit), then, otherwise)",
                $"{v}.ConditionalSelect({v}.Create({negativeZero}), sign, magnitude)",
                $"{v}.{dialect.AsReal}({v}.ShiftLeft(exponent + {v}.Create({bias}), {mantissa}))",
                $"{v}.{asInteger}(shifted) - {v}.Create({rounder})");
        string integer = dialect.Lanes == 1 ? dialect.Integer : $"{v}<{dialect.Integer}>";
        writer.Lines($$"""

            {{Names.Inline}}
            private static {{type}} Abs({{type}} x) => {{body.Abs}};

            {{Names.Inline}}
            private static {{type}} Below({{type}} x, {{type}} limit, {{type}} then, {{type}} otherwise) => {{body.Below}};

            {{Names.Inline}}
            private static {{type}} WithSign({{type}} magnitude, {{type}} sign) => {{body.Sign}};

            {{Names.Inline}}
            private static {{type}} PowerOfTwo({{integer}} exponent) => {{body.Power}};

            /// <summary>The integer that adding 1.5 * 2^{{mantissa}} has left in the low bits.</summary>
            {{Names.Inline}}
            private static {{integer}} Integer({{type}} shifted) => {{body.Bits}};
            """);
    }

    /// <summary>sigma' and tanh' from e = exp(-|x|) and exp(-2 |x|), without cancellation.</summary>
    public static void EmitDerivatives(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string one = dialect.Constant(dialect.Element.Whole(1));
        writer.Lines($$"""

            /// <summary>sigma' = e / (1 + e)^2.</summary>
            {{Names.Inline}}
            private static {{type}} SigmoidDerivative({{type}} e) => e / ((e + {{one}}) * (e + {{one}}));

            /// <summary>tanh' = 4 e / (1 + e)^2.</summary>
            {{Names.Inline}}
            private static {{type}} TanhDerivative({{type}} e) => (e * {{dialect.Constant(dialect.Element.Whole(4))}}) / ((e + {{one}}) * (e + {{one}}));
            """);
    }
}
