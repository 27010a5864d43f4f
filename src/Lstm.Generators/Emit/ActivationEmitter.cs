using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>tanh and sigma, from + - * / alone, so that they give the same bits everywhere.</summary>
internal static class ActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, KernelPlan kernel)
    {
        // Named directly: the JIT inlines into a method only while that has under 512 locals, and each level costs some.
        string multiplyAdd = kernel.Arithmetic == ArithmeticKind.Fused ? Names.Fused : "MultiplyAdd";
        if (kernel.Scalar == ScalarKind.Double)
        {
            DoubleActivationEmitter.Emit(writer, dialect, kernel, multiplyAdd);
        }
        else if (kernel.Accuracy == AccuracyKind.Strict)
        {
            StrictActivationEmitter.Emit(writer, dialect, multiplyAdd);
        }
        else
        {
            EmitTanh(writer, dialect, multiplyAdd);
            foreach (int together in kernel.GatesTogether(dialect.Lanes))
            {
                EmitActivate(writer, dialect, together);
            }
        }
    }

    /// <summary>
    /// tanh(x) = x P(x^2) / Q(x^2), a minimax rational of degree 9 / 8 on |x| up to 8.1, where tanh is 1 - 1.8e-7. P is
    /// halved, so that sigma(z) = 1/2 + 1/2 tanh(z/2) = 1/2 + 1/2 z P(z^2/4) / Q(z^2/4): the quotient is 2 sigma - 1 of a
    /// gate, but tanh / 2 of ltm' and ltm. A product of both is then one multiply-add, (2 sigma - 1) h + h with h = tanh / 2.
    /// </summary>
    private static void EmitTanh(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            {{Rational(dialect, multiplyAdd, "HalfTanh", "tanh(x) / 2 = x P(x^2) / Q(x^2) within 5 ulp; |x| over 8.1 counts as 8.1, NaN stays NaN.", "x * x", Tanh.Most)}}

            {{Rational(dialect, multiplyAdd, "TanhOfHalf", "tanh(x/2) = 2 sigma(x) - 1 = x P(x^2/4) / Q(x^2/4).", $"(x * {C("0.25f")}) * x", Tanh.MostSigma)}}

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

    private static string Rational(Dialect dialect, string multiplyAdd, string name, string summary, string square, string most)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        return $$"""
            /// <summary>{{summary}}</summary>
            {{Names.Inline}}
            private static {{type}} {{name}}({{type}} x)
            {
                {{type}} u = global::Lstm.Kernels.Simd.AtMost({{square}}, {{C(Tanh.MostSquare)}});
                {{type}} u2 = u * u;
                x = global::Lstm.Kernels.Simd.Clamp(x, {{C(most)}});
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.P4)}}, u2, {{multiplyAdd}}({{C(Tanh.P3)}}, u, {{C(Tanh.P2)}})), u2, {{multiplyAdd}}({{C(Tanh.P1)}}, u, {{C(Tanh.P0)}}));
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.Q4)}}, u2, {{multiplyAdd}}({{C(Tanh.Q3)}}, u, {{C(Tanh.Q2)}})), u2, {{multiplyAdd}}({{C(Tanh.Q1)}}, u, {{C(Tanh.Q0)}}));
                return (x * p) / q;
            }
            """;
    }

    /// <summary>The four gates, each in vectors of its own, two to a vector, or all four in one.</summary>
    private static void EmitActivate(SourceWriter writer, Dialect dialect, int together)
    {
        string C(string literal) => dialect.Constant(literal);
        SumVector[] vectors = SumVectors(together).ToArray();
        string parameters = string.Join(", ", vectors.Select(vector => $"ref {dialect.Type} {vector.Name}"));
        string Each(string line) => string.Join("\n", vectors.Select(vector => line.Replace("$", vector.Name)));
        string Scale(SumVector vector, string sigma, string tanh) => dialect.PerGate(Enumerable.Repeat(sigma, vector.Sigmas).Concat(Enumerable.Repeat(tanh, together - vector.Sigmas)));
        writer.Lines($$"""

            /// <summary>
            /// z in; 2 sigma(z) - 1 of rem, save and focus and tanh(z) / 2 of ltm' out. Side by side, so that a constant is loaded
            /// once for all and the divisions overlap; focus last, for it is needed last.
            /// </summary>
            {{Names.Inline}}
            private static void Activate({{parameters}})
            {
                // u = (z/2)^2 of a sigma, z^2 of a tanh
                var most = {{C(Tanh.MostSquare)}};
            {{string.Join("\n", vectors.Select(vector => vector.Sigmas == 0
                ? $"    var {vector.Name}U = global::Lstm.Kernels.Simd.AtMost({vector.Name} * {vector.Name}, most);"
                : $"    var {vector.Name}U = global::Lstm.Kernels.Simd.AtMost(({vector.Name} * {Scale(vector, "0.25f", "1f")}) * {vector.Name}, most);"))}}
            {{string.Join("\n", vectors.Select(vector => $"    {vector.Name} = global::Lstm.Kernels.Simd.Clamp({vector.Name}, {Scale(vector, Tanh.MostSigma, Tanh.Most)});"))}}

                // z P(u)
                var p4 = {{C(Tanh.P4)}};
                var p3 = {{C(Tanh.P3)}};
                var p2 = {{C(Tanh.P2)}};
                var p1 = {{C(Tanh.P1)}};
                var p0 = {{C(Tanh.P0)}};
            {{Each("    var $P = MultiplyAdd(p4, $U * $U, MultiplyAdd(p3, $U, p2));")}}
            {{Each("    $ *= MultiplyAdd($P, $U * $U, MultiplyAdd(p1, $U, p0));")}}

                // / Q(u)
                var q4 = {{C(Tanh.Q4)}};
                var q3 = {{C(Tanh.Q3)}};
                var q2 = {{C(Tanh.Q2)}};
                var q1 = {{C(Tanh.Q1)}};
                var q0 = {{C(Tanh.Q0)}};
            {{Each("    var $Q = MultiplyAdd(q4, $U * $U, MultiplyAdd(q3, $U, q2));")}}
            {{Each("    $ /= MultiplyAdd($Q, $U * $U, MultiplyAdd(q1, $U, q0));")}}
            }
            """);
    }

    /// <summary>The vectors of sums of a vector of units, in the order of their lanes.</summary>
    /// <param name="together">Gates in a vector: 1, 2 or 4.</param>
    public static IReadOnlyList<SumVector> SumVectors(int together) => together switch
    {
        4 => new[] { new SumVector("gates", 3, 0) },
        2 => new[] { new SumVector("remSave", 2, 0), new SumVector("focusCand", 1, 1) },
        _ => new[] { new SumVector("rem", 1, 0), new SumVector("save", 1, 1), new SumVector("cand", 0, 3), new SumVector("focus", 1, 2) },
    };

    /// <summary>A vector that holds one or more gates.</summary>
    /// <param name="Name">What its locals are called.</param>
    /// <param name="Sigmas">How many of its gates are sigmas; they come first.</param>
    /// <param name="Place">Where it stands among the vectors of a row.</param>
    public sealed record SumVector(string Name, int Sigmas, int Place);

    /// <summary>Coefficients of P / 2 and Q in x^2; P0 = Q0 / 2 keeps tanh(x) = x near 0.</summary>
    private static class Tanh
    {
        /// <summary>Where tanh saturates, where sigma does, and the square of the first.</summary>
        public const string Most = "8.1f";
        public const string MostSigma = "16.2f";
        public const string MostSquare = "65.61001f";

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
