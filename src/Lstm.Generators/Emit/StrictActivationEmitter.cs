namespace Lstm.Generators.Emit;

/// <summary>
/// tanh and sigma of floats within 2 ulp over all of them. Both are one quotient, whose sides are rounded once each but for sigma's
/// denominator, made from a power of two and from u = 1 - exp(-r), |r| at most ln 2 / 2; so are their derivatives, without
/// cancellation.
/// </summary>
internal static class StrictActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        EmitBits(writer, dialect);
        EmitSigmoid(writer, dialect, multiplyAdd);
        EmitTanh(writer, dialect, multiplyAdd);
    }

    /// <summary>What needs a number's bits, which vectors and scalars spell differently.</summary>
    private static void EmitBits(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string v = dialect.Vector;
        (string Zero, string Sign, string Power) body = dialect.Lanes == 1
            ? ("global::System.MathF.CopySign(0f, x)",
                "global::System.MathF.CopySign(magnitude, sign)",
                "global::System.BitConverter.Int32BitsToSingle(global::System.BitConverter.SingleToInt32Bits(shifted) << 23)")
            : ($"{v}.Xor(x, {v}.Abs(x))",
                $"{v}.BitwiseOr(magnitude, sign)",
                $"{v}.AsSingle({v}.ShiftLeft({v}.AsInt32(shifted), 23))");
        writer.Lines($$"""

            /// <summary>A zero with the sign of x.</summary>
            {{Names.Inline}}
            private static {{type}} Sign({{type}} x) => {{body.Zero}};

            /// <summary>A magnitude, which has no sign yet, with the sign of a zero.</summary>
            {{Names.Inline}}
            private static {{type}} WithSign({{type}} magnitude, {{type}} sign) => {{body.Sign}};

            /// <summary>The power of two whose exponent, with its bias of 127, stands in the low bits.</summary>
            {{Names.Inline}}
            private static {{type}} PowerOfTwo({{type}} shifted) => {{body.Power}};
            """);
    }

    /// <summary>
    /// For x very negative, s goes through the subnormals, which only the division may round: both its sides are at least 2^24 times as large. The
    /// factor comes with the bias of the exponent and differs from use to use, as does the lower limit, from which on all is 0: of the constants only the upper limit is the
    /// same everywhere. The sum adds 1 last: s may be smaller than what 1 rounds off, and where s is at least 1, adding 1 to s - u rounds off half of what s - u did at most.
    /// </summary>
    private static void EmitSigmoid(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string C(string literal) => dialect.Constant(literal);
        const string Factor = "(float)(1L << (24 + margin))";
        string bias = C("(12583063f + margin) * (scale * scale)");
        string one = C(Factor);
        writer.Lines($$"""

            /// <summary>
            /// sigma(x) = s / (s + 1 - u) within 2 ulp, exp(-x) = (1 - u) / s, s = 2^n; sigma' = sigma (1 - u) / (s + 1 - u). From x = 61 up
            /// sigma is 1, and sigma' stays at 3e-27; below -87 both go through the subnormals to 0. r is kept times the scale, a power of two up to 2^14,
            /// s and u times 2^(24 + margin), an even margin up to 14.
            /// </summary>
            {{Names.Inline}}
            private static {{dialect.Type}} Sigmoid({{dialect.Type}} x, float scale, int margin, out {{dialect.Type}} derivative)
            {
                x = global::Lstm.Kernels.Simd.AtMost(global::Lstm.Kernels.Simd.AtLeast(x, {{C("-104f - (scale / 131072f)")}}), {{C("61f")}});

                // x = n ln 2 + r; the sum with 1.5 * 2^23 rounds to n and leaves n + 24 + margin + 127 in the low bits
                var shifted = {{multiplyAdd}}(x, {{C("1.442695f * (scale * scale)")}}, {{bias}});
                var n = shifted - {{bias}};
                var r = {{multiplyAdd}}(n, {{C("2.12194440e-4f / scale")}}, {{multiplyAdd}}(n, {{C("-0.693359375f / scale")}}, x * {{C("scale")}}));
                var s = PowerOfTwo(shifted);
            {{Polynomial(dialect, multiplyAdd, Factor + " / scale * ")}}
                var u = {{multiplyAdd}}(r2, q, r * {{C($"{Factor} / scale")}});
                var sum = (s - u) + {{one}};
                derivative = (s / sum) * (({{one}} - u) / sum);
                return s / sum;
            }
            """);
    }

    /// <summary>One constant for ln 2 will do: |n| is small where tanh depends on r. It costs tanh' some of its last digits where that is tiny.</summary>
    private static void EmitTanh(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string C(string literal) => dialect.Constant(literal);
        string abs = dialect.Lanes == 1 ? "global::System.MathF.Abs(x)" : $"{dialect.Vector}.Abs(x)";
        writer.Lines($$"""

            /// <summary>
            /// |tanh(x)| = (1 - s + s u) / (1 + s - s u) within 2 ulp, exp(-2 |x|) = s (1 - u), s = 2^n; tanh' = 4 s (1 - u) / (1 + s - s u)^2.
            /// From |x| = 34 up tanh is 1, and tanh' stays at 1e-29. r, u and both sides of the quotient are kept times the
            /// scale, a power of two.
            /// </summary>
            {{Names.Inline}}
            private static {{dialect.Type}} Tanh({{dialect.Type}} x, float scale, out {{dialect.Type}} derivative)
            {
                var a = global::Lstm.Kernels.Simd.AtMost({{abs}}, {{C("34f")}});
                var sign = Sign(x);

                // -2 |x| = n ln 2 - r; the sum with 1.5 * 2^23 rounds to n and leaves n + 127 in the low bits
                var shifted = {{multiplyAdd}}(a, {{C("-2.88539f * (scale * scale)")}}, {{C("12583039f * (scale * scale)")}});
                var n = shifted - {{C("12583039f * (scale * scale)")}};
                var r = {{multiplyAdd}}(n, {{C("0.6931472f / scale")}}, a * {{C("2f * scale")}});
                var s = PowerOfTwo(shifted);
                var scaled = s * {{C("scale")}};
            {{Polynomial(dialect, multiplyAdd, string.Empty)}}
                var u = {{multiplyAdd}}(r2, q, r);
                var sum = {{multiplyAdd}}(-s, u, {{C("scale")}} + scaled);
                derivative = ((scaled - (s * u)) * {{C("4f * scale")}}) / (sum * sum);
                return {{multiplyAdd}}(WithSign(s, sign), u, WithSign({{C("scale")}} - scaled, sign)) / sum;
            }
            """);
    }

    /// <summary>u = 1 - exp(-r) = r + r^2 q, where r is kept times a scale and q times <paramref name="factor"/> beside.</summary>
    private static string Polynomial(Dialect dialect, string multiplyAdd, string factor)
    {
        string C(string literal) => dialect.Constant(factor + literal);
        return $$"""

                // u = 1 - exp(-r) = r + r^2 q
                var r2 = r * r;
                var q = {{multiplyAdd}}({{multiplyAdd}}({{C("-0.00138773804f / (scale * scale * scale * scale * scale)")}}, r2, {{multiplyAdd}}({{C("0.00836643949f / (scale * scale * scale * scale)")}}, r, {{C("-0.0416668989f / (scale * scale * scale)")}})), r2, {{multiplyAdd}}({{C("0.166665405f / (scale * scale)")}}, r, {{C("-0.5f / scale")}}));
            """;
    }
}
