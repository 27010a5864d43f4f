namespace Lstm.Generators.Emit;

/// <summary>
/// tanh and sigma within 2 ulp over all floats, from one exponential e = exp(-|x|) or exp(-2 |x|), which also gives
/// their derivatives without cancellation.
/// </summary>
internal static class StrictActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        ExponentialEmitter.EmitBits(writer, dialect);
        EmitExponential(writer, dialect, multiplyAdd);
        EmitActivations(writer, dialect, multiplyAdd);
        ExponentialEmitter.EmitDerivatives(writer, dialect);
    }

    /// <summary>exp(x) for x at most 0: x = n ln 2 + r, exp(r) by a polynomial, 2^n in two factors so that subnormals round once.</summary>
    private static void EmitExponential(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        string halved = dialect.Lanes == 1 ? "n >> 1" : $"{dialect.Vector}.ShiftRightArithmetic(n, 1)";
        writer.Lines($$"""

            /// <summary>exp(x) within 1 ulp for x at most 0, and what its last sum rounded off; NaN stays NaN.</summary>
            {{Names.Inline}}
            private static {{type}} ExpNegative({{type}} x, out {{type}} low)
            {
                x = Below(x, {{C("-104f")}}, {{C("-104f")}}, x);
                {{type}} shifted = {{multiplyAdd}}(x, {{C("1.442695f")}}, {{C("12582912f")}});
                {{type}} whole = shifted - {{C("12582912f")}};
                {{type}} r = {{multiplyAdd}}(whole, {{C("2.12194440e-4f")}}, {{multiplyAdd}}(whole, {{C("-0.693359375f")}}, x));
                {{type}} r2 = r * r;
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{C("0.0013814600f")}}, r2, {{multiplyAdd}}({{C("0.008368717f")}}, r, {{C("0.04166839f")}})), r2, {{multiplyAdd}}({{C("0.16666521f")}}, r, {{C("0.49999994f")}}));
                {{type}} t = {{multiplyAdd}}(r2, q, r);
                {{type}} exp = t + {{C("1f")}};
                var n = Integer(shifted);
                var half = {{halved}};
                {{type}} lower = PowerOfTwo(half);
                {{type}} upper = PowerOfTwo(n - half);
                low = ((t - (exp - {{C("1f")}})) * lower) * upper;
                return (exp * lower) * upper;
            }
            """);
    }

    private static void EmitActivations(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>
            /// sigma(x) = 1 / (1 + e) from 0 up, e / (1 + e) below, e = exp(-|x|), within 1.5 ulp. Where e is just over a power
            /// of two and the quotient just under, what e and 1 + e have rounded off counts twice, and is put back.
            /// </summary>
            {{Names.Call}}
            private static {{type}} Sigmoid({{type}} x, out {{type}} e)
            {
                e = ExpNegative(-Abs(x), out var low);
                {{type}} sum = e + {{C("1f")}};
                {{type}} sumLow = (e - (sum - {{C("1f")}})) + low;
                {{type}} q = Below(x, {{dialect.Zero}}, e, {{C("1f")}}) / sum;
                return q + (Below(x, {{dialect.Zero}}, low, {{dialect.Zero}}) - (q * sumLow));
            }

            /// <summary>tanh(x) = 1 - 2 e / (1 + e), e = exp(-2 |x|), from 0.625 up, an odd polynomial below, within 2 ulp.</summary>
            {{Names.Call}}
            private static {{type}} Tanh({{type}} x, out {{type}} e)
            {
                {{type}} a = Abs(x);
                e = ExpNegative(a * {{C("-2f")}}, out _);
                {{type}} large = {{C("1f")}} - ((e + e) / (e + {{C("1f")}}));
                {{type}} u = a * a;
                {{type}} u2 = u * u;
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{multiplyAdd}}({{C("0.002142761f")}}, u, {{C("-0.008177185f")}}), u2, {{multiplyAdd}}({{C("0.02170062f")}}, u, {{C("-0.05394675f")}})), u2, {{multiplyAdd}}({{C("0.13333206f")}}, u, {{C("-0.33333334f")}}));
                {{type}} small = {{multiplyAdd}}(a * u, p, a);
                return WithSign(Below(a, {{C("0.625f")}}, small, large), x);
            }
            """);
    }
}
