using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// tanh and sigma of doubles within 2 ulp, from one exponential e = exp(-|x|) or exp(-2 |x|), which can also give their
/// derivatives without cancellation. Both accuracies share them; they differ in where derivatives come from.
/// </summary>
/// <remarks>
/// Kernels call them: inlined, the activations of one vector of units take about 220 locals, and past 512 in a method the
/// JIT inlines nothing more. Measured, a call costs less than what it computes takes by far.
/// </remarks>
internal static class DoubleActivationEmitter
{
    /// <summary>(exp(r) - 1 - r) / r^2 on |r| up to ln 2 / 2, minimax, within 2^-57 of exp.</summary>
    private static readonly string[] Exponential =
    {
        "0.5000000000000011", "0.1666666666666641", "0.041666666666529725", "0.008333333333494983", "0.0013888888943760027",
        "0.00019841269505761386", "2.4801492949554137e-05", "2.7557586814947264e-06", "2.763030628150097e-07", "2.5000015324715428e-08",
    };

    /// <summary>(tanh(x) - x) / x^3 in x^2 on |x| up to 0.625, minimax, within 2^-61 of tanh.</summary>
    private static readonly string[] OddTanh =
    {
        "-0.33333333333333315", "0.13333333333329742", "-0.053968253966058935", "0.021869488468715996", "-0.0088632343125846",
        "0.0035921139999129763", "-0.0014557259482164814", "0.000589451799363004", "-0.0002370117309326276",
        "9.155841266697926e-05", "-3.018722102507797e-05", "6.042468412356082e-06",
    };

    public static void Emit(SourceWriter writer, Dialect dialect, KernelPlan kernel)
    {
        EmitBits(writer, dialect);
        EmitExponential(writer, dialect);
        EmitActivations(writer, dialect, kernel.RecordsDerivatives ? Names.Call : Names.Inline);
        if (kernel.RecordsDerivatives)
        {
            EmitWithDerivatives(writer, dialect);
        }
        else
        {
            EmitValuesAlone(writer, dialect);
        }
    }

    /// <summary>What needs a number's bits or a choice, which vectors and scalars spell differently.</summary>
    private static void EmitBits(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string v = dialect.Vector;
        (string Abs, string Below, string Sign, string Power, string Bits) body = dialect.Lanes == 1
            ? ("global::System.Math.Abs(x)",
                "x < limit ? then : otherwise",
                "global::System.Math.CopySign(magnitude, sign)",
                "global::System.BitConverter.Int64BitsToDouble((exponent + 1023L) << 52)",
                "global::System.BitConverter.DoubleToInt64Bits(shifted) - 0x4338000000000000L")
            : ($"{v}.Abs(x)",
                $"{v}.ConditionalSelect({v}.LessThan(x, limit), then, otherwise)",
                $"{v}.ConditionalSelect({v}.Create(-0.0), sign, magnitude)",
                $"{v}.AsDouble({v}.ShiftLeft(exponent + {v}.Create(1023L), 52))",
                $"{v}.AsInt64(shifted) - {v}.Create(0x4338000000000000L)");
        string integer = dialect.Lanes == 1 ? "long" : $"{v}<long>";
        writer.Lines($$"""

            {{Names.Inline}}
            private static {{type}} Abs({{type}} x) => {{body.Abs}};

            {{Names.Inline}}
            private static {{type}} Below({{type}} x, {{type}} limit, {{type}} then, {{type}} otherwise) => {{body.Below}};

            {{Names.Inline}}
            private static {{type}} WithSign({{type}} magnitude, {{type}} sign) => {{body.Sign}};

            {{Names.Inline}}
            private static {{type}} PowerOfTwo({{integer}} exponent) => {{body.Power}};

            /// <summary>The integer that adding 1.5 * 2^52 has left in the low bits.</summary>
            {{Names.Inline}}
            private static {{integer}} Integer({{type}} shifted) => {{body.Bits}};
            """);
    }

    /// <summary>exp(x) for x at most 0: x = n ln 2 + r, exp(r) by a polynomial, 2^n in two factors so that subnormals round once.</summary>
    private static void EmitExponential(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>exp(x) within 1 ulp for x at most 0, and what its last sum rounded off; NaN stays NaN.</summary>
            {{Names.Inline}}
            private static {{type}} ExpNegative({{type}} x, out {{type}} low)
            {
                x = Below(x, {{C("-746.0")}}, {{C("-746.0")}}, x);
                var shifted = MultiplyAdd(x, {{C("1.4426950408889634")}}, {{C("6755399441055744.0")}});
                var whole = shifted - {{C("6755399441055744.0")}};
                var r = MultiplyAdd(whole, {{C("-1.9082149292705877e-10")}}, MultiplyAdd(whole, {{C("-0.6931471803691238")}}, x));
                var r2 = r * r;
                var r4 = r2 * r2;
            {{Polynomial(dialect, "r", Exponential)}}
                var t = MultiplyAdd(r2, p0, r);
                var exp = t + {{C("1.0")}};
                var half = Integer(MultiplyAdd(whole, {{C("0.5")}}, {{C("6755399441055744.0")}}));
                var lower = PowerOfTwo(half);
                var upper = PowerOfTwo(Integer(shifted) - half);
                low = ((t - (exp - {{C("1.0")}})) * lower) * upper;
                return (exp * lower) * upper;
            }
            """);
    }

    private static void EmitActivations(SourceWriter writer, Dialect dialect, string call)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>
            /// sigma(x) = 1 / (1 + e) from 0 up, e / (1 + e) below, e = exp(-|x|), within 2 ulp. Where e is just over a power
            /// of two and the quotient just under, what e and 1 + e have rounded off counts twice, and is put back.
            /// </summary>
            {{call}}
            private static {{type}} SigmoidAndExponential({{type}} x, out {{type}} e)
            {
                e = ExpNegative(-Abs(x), out var low);
                var sum = e + {{C("1.0")}};
                var sumLow = (e - (sum - {{C("1.0")}})) + low;
                var q = Below(x, {{dialect.Zero}}, e, {{C("1.0")}}) / sum;
                return q + (Below(x, {{dialect.Zero}}, low, {{dialect.Zero}}) - (q * sumLow));
            }

            /// <summary>tanh(x) = 1 - 2 e / (1 + e), e = exp(-2 |x|), from 0.625 up, an odd polynomial below, within 2 ulp.</summary>
            {{call}}
            private static {{type}} TanhAndExponential({{type}} x, out {{type}} e)
            {
                var a = Abs(x);
                e = ExpNegative(a * {{C("-2.0")}}, out _);
                var large = {{C("1.0")}} - ((e + e) / (e + {{C("1.0")}}));
                var u = a * a;
                var u2 = u * u;
                var u4 = u2 * u2;
            {{Polynomial(dialect, "u", OddTanh)}}
                var small = MultiplyAdd(a * u, p0, a);
                return WithSign(Below(a, {{C("0.625")}}, small, large), x);
            }
            """);
    }

    /// <summary>The activations where derivatives are recorded: those come from e, without cancellation.</summary>
    private static void EmitWithDerivatives(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>sigma and sigma' = e / (1 + e)^2.</summary>
            {{Names.Inline}}
            private static {{type}} Sigmoid({{type}} x, out {{type}} derivative)
            {
                var sigma = SigmoidAndExponential(x, out var e);
                derivative = e / ((e + {{C("1.0")}}) * (e + {{C("1.0")}}));
                return sigma;
            }

            /// <summary>tanh and tanh' = 4 e / (1 + e)^2.</summary>
            {{Names.Inline}}
            private static {{type}} Tanh({{type}} x, out {{type}} derivative)
            {
                var tanh = TanhAndExponential(x, out var e);
                derivative = (e * {{C("4.0")}}) / ((e + {{C("1.0")}}) * (e + {{C("1.0")}}));
                return tanh;
            }
            """);
    }

    /// <summary>The activations where no derivative is recorded: those follow from the values.</summary>
    private static void EmitValuesAlone(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string one = dialect.Constant("1.0");
        writer.Lines($$"""

            /// <summary>tanh(x) alone.</summary>
            {{Names.Call}}
            private static {{type}} Tanh({{type}} x) => TanhAndExponential(x, out _);

            /// <summary>sigma(x) alone.</summary>
            {{Names.Call}}
            private static {{type}} Sigmoid({{type}} x) => SigmoidAndExponential(x, out _);

            /// <summary>sigma' = sigma (1 - sigma).</summary>
            {{Names.Inline}}
            private static {{type}} SigmoidDerivative({{type}} sigma) => sigma * ({{one}} - sigma);

            /// <summary>tanh' = 1 - tanh^2, as a product that keeps its digits near 1.</summary>
            {{Names.Inline}}
            private static {{type}} TanhDerivative({{type}} tanh) => ({{one}} - tanh) * ({{one}} + tanh);
            """);
    }

    /// <summary>
    /// The polynomial into p0, four coefficients a line: their shortest chain of multiply-adds. The powers <c>x2</c> and
    /// <c>x4</c> stand in locals.
    /// </summary>
    private static string Polynomial(Dialect dialect, string x, IReadOnlyList<string> coefficients)
    {
        string Pair(int i) => $"MultiplyAdd({dialect.Constant(coefficients[i + 1])}, {x}, {dialect.Constant(coefficients[i])})";
        string Four(int i) => i + 2 < coefficients.Count ? $"MultiplyAdd({Pair(i + 2)}, {x}2, {Pair(i)})" : Pair(i);
        IEnumerable<string> lines = Enumerable.Range(0, (coefficients.Count + 3) / 4).Reverse().Select(four =>
            4 * (four + 1) < coefficients.Count
                ? $"    var p{4 * four} = MultiplyAdd(p{4 * (four + 1)}, {x}4, {Four(4 * four)});"
                : $"    var p{4 * four} = {Four(4 * four)};");
        return string.Join("\n", lines);
    }
}
