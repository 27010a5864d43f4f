using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>tanh and sigma, from + - * / alone, so that they give the same bits everywhere.</summary>
internal static class ActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, KernelPlan kernel)
    {
        string multiplyAdd = kernel.Arithmetic == ArithmeticKind.Fused ? dialect.Fused : "MultiplyAdd";
        if (kernel.Scalar == ScalarKind.Double)
        {
            DoubleActivationEmitter.Emit(writer, dialect, kernel);
        }
        else if (kernel.Accuracy == AccuracyKind.Strict)
        {
            StrictActivationEmitter.Emit(writer, dialect, multiplyAdd);
        }
        else
        {
            EmitDerivatives(writer, dialect);
            IEnumerable<(int Sigmas, int Gates)> vectors = kernel.GatesTogether(dialect.Lanes)
                .SelectMany(together => SumVectors(together).Select(vector => (vector.Sigmas, together)))
                .Append((0, 1));
            foreach ((int sigmas, int gates) in vectors.Select(vector => vector.Sigmas % vector.Gates == 0 ? (vector.Sigmas / vector.Gates, 1) : vector).Distinct())
            {
                EmitQuotient(writer, dialect, kernel, multiplyAdd, sigmas, gates);
            }
        }
    }

    private static void EmitDerivatives(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>sigma from 2 sigma - 1.</summary>
            {{Names.Inline}}
            private static {{type}} Sigma({{type}} gate) => MultiplyAdd(gate, {{C("0.5f")}}, {{C("0.5f")}});

            /// <summary>sigma' = sigma (1 - sigma).</summary>
            {{Names.Inline}}
            private static {{type}} SigmoidDerivative({{type}} sigma) => sigma * ({{C("1f")}} - sigma);

            /// <summary>tanh' = 1 - tanh^2, as a product that keeps its digits near 1.</summary>
            {{Names.Inline}}
            private static {{type}} TanhDerivative({{type}} tanh) => ({{C("1f")}} - tanh) * ({{C("1f")}} + tanh);
            """);
    }

    /// <summary>
    /// tanh(x) = x P(x^2) / Q(x^2), a minimax rational of degree 9 / 8 on |x| up to 8.1, limited at 8.02, where it is 1 - 1.8e-7:
    /// beyond 8.028, products rounded apart take a few floats over 1. P is
    /// halved, so that sigma(z) = 1/2 + 1/2 tanh(z/2) = 1/2 + 1/2 z P(z^2/4) / Q(z^2/4): the quotient is 2 sigma - 1 of a
    /// gate, but tanh / 2 of ltm' and ltm. A product of both is then one multiply-add, (2 sigma - 1) h + h with h = tanh / 2.
    /// Coefficients take sigma's 1/4, and a scale for the whole: powers of two, which change no bit.
    /// </summary>
    private static void EmitQuotient(SourceWriter writer, Dialect dialect, KernelPlan kernel, string multiplyAdd, int sigmas, int gates)
    {
        string type = dialect.Type;
        string PerGate(string sigma, string tanh) => dialect.PerGate(Enumerable.Repeat(sigma, sigmas).Concat(Enumerable.Repeat(tanh, gates - sigmas)));
        string C(string coefficient, int power) => PerGate(power == 0 ? $"{coefficient} * scale" : $"{coefficient} * (scale / {1 << (2 * power)})", $"{coefficient} * scale");
        string summary = (sigmas, gates) switch
        {
            (1, 1) => "tanh(x/2) = 2 sigma(x) - 1 = x P(x^2/4) / Q(x^2/4); |x| over 16.04 counts as 16.04, NaN stays NaN.",
            (0, 1) => "tanh(x) / 2 = x P(x^2) / Q(x^2) within 6 ulp; |x| over 8.02 counts as 8.02, NaN stays NaN.",
            _ => "2 sigma(x) - 1 of gates, tanh(x) / 2 of the last, ltm'.",
        };
        writer.Lines($$"""

            /// <summary>{{summary}}</summary>
            {{Names.Inline}}
            private static {{type}} {{Method(kernel, sigmas, gates)}}({{type}} x, float scale)
            {
                x = global::Lstm.Kernels.Simd.Clamp(x, {{PerGate(Tanh.MostSigma, Tanh.Most)}});
                {{type}} u = x * x;
                {{type}} u2 = u * u;
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.P4, 4)}}, u2, {{multiplyAdd}}({{C(Tanh.P3, 3)}}, u, {{C(Tanh.P2, 2)}})), u2, {{multiplyAdd}}({{C(Tanh.P1, 1)}}, u, {{C(Tanh.P0, 0)}}));
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.Q4, 4)}}, u2, {{multiplyAdd}}({{C(Tanh.Q3, 3)}}, u, {{C(Tanh.Q2, 2)}})), u2, {{multiplyAdd}}({{C(Tanh.Q1, 1)}}, u, {{C(Tanh.Q0, 0)}}));
                return (x * p) / q;
            }
            """);
    }

    /// <summary>The method that activates a vector of so many gates, some of them sigmas.</summary>
    public static string Method(KernelPlan kernel, int sigmas, int gates) => (kernel.Halves, sigmas, gates) switch
    {
        (false, 0, _) => "Tanh",
        (false, _, _) => "Sigmoid",
        (_, 0, _) => "HalfTanh",
        _ when sigmas == gates => "TanhOfHalf",
        (_, 1, 2) => "FocusAndCand",
        _ => "AllGates",
    };

    /// <summary>A whole number as a float literal.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture) + "f";

    /// <summary>The vectors of sums of a vector of units, in the order in which they are needed.</summary>
    /// <param name="together">Gates in a vector: 1, 2 or 4.</param>
    public static IReadOnlyList<SumVector> SumVectors(int together) => together switch
    {
        4 => new[] { new SumVector("gates", 3, 0, "(1) (3) (5) rem, save, focus = sigma(z), (2) ltm' = tanh(z)") },
        2 => new[]
        {
            new SumVector("remSave", 2, 0, "(1) (3) rem, save = sigma(z)"),
            new SumVector("focusCand", 1, 1, "(5) focus = sigma(z), (2) ltm' = tanh(z)"),
        },
        _ => new[]
        {
            new SumVector("rem", 1, 0, "(1) rem = sigma(z_rem)"),
            new SumVector("save", 1, 1, "(3) save = sigma(z_save)"),
            new SumVector("cand", 0, 3, "(2) ltm' = tanh(z_cand)"),
            new SumVector("focus", 1, 2, "(5) focus = sigma(z_focus)"),
        },
    };

    /// <summary>What is activated together where vectors hold several gates, but sigma and tanh have formulas of their own.</summary>
    public static IReadOnlyList<SumVector> PairedSigmas { get; } = new[] { SumVectors(2)[0] }.Concat(SumVectors(1).Skip(2)).ToArray();

    /// <summary>A vector that holds one or more gates.</summary>
    /// <param name="Name">What its locals are called.</param>
    /// <param name="Sigmas">How many of its gates are sigmas; they come first.</param>
    /// <param name="Place">Where it stands among the vectors of a row.</param>
    /// <param name="Equation">What becomes of it.</param>
    public sealed record SumVector(string Name, int Sigmas, int Place, string Equation);

    /// <summary>Coefficients of P / 2 and Q in x^2; P0 = Q0 / 2 keeps tanh(x) = x near 0.</summary>
    private static class Tanh
    {
        /// <summary>Where tanh saturates, and where sigma does.</summary>
        public const string Most = "8.02f";
        public const string MostSigma = "16.04f";

        public const string P0 = "0.60806954f";
        public const string P1 = "0.08171438f";
        public const string P2 = "0.0021672559f";
        public const string P3 = "1.32351925e-5f";
        public const string P4 = "9.142019e-9f";
        public const string Q0 = "1.2161391f";
        public const string Q1 = "0.5688084f";
        public const string Q2 = "0.03178555f";
        public const string Q3 = "4.1335114e-4f";
        public const string Q4 = "1.0271922e-6f";
    }
}
