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
            EmitTanh(writer, dialect, multiplyAdd);
            BatchActivationEmitter.Emit(writer, dialect, multiplyAdd);
            foreach (int together in kernel.GatesTogether(dialect.Lanes))
            {
                EmitActivate(writer, dialect, multiplyAdd, together);
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

    /// <summary>One quotient; both polynomials carry the scale, a power of two, which changes no bit of it.</summary>
    private static string Rational(Dialect dialect, string multiplyAdd, string name, string summary, string square, string most)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        string S(string literal) => dialect.Constant(literal + " * scale");
        return $$"""
            /// <summary>{{summary}}</summary>
            {{Names.Inline}}
            private static {{type}} {{name}}({{type}} x, float scale)
            {
                {{type}} u = global::Lstm.Kernels.Simd.AtMost({{square}}, {{C(Tanh.MostSquare)}});
                {{type}} u2 = u * u;
                x = global::Lstm.Kernels.Simd.Clamp(x, {{C(most)}});
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{S(Tanh.P4)}}, u2, {{multiplyAdd}}({{S(Tanh.P3)}}, u, {{S(Tanh.P2)}})), u2, {{multiplyAdd}}({{S(Tanh.P1)}}, u, {{S(Tanh.P0)}}));
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{S(Tanh.Q4)}}, u2, {{multiplyAdd}}({{S(Tanh.Q3)}}, u, {{S(Tanh.Q2)}})), u2, {{multiplyAdd}}({{S(Tanh.Q1)}}, u, {{S(Tanh.Q0)}}));
                return (x * p) / q;
            }
            """;
    }

    /// <summary>The four gates, each in vectors of its own, two to a vector, or all four in one.</summary>
    private static void EmitActivate(SourceWriter writer, Dialect dialect, string multiplyAdd, int together)
    {
        string C(string literal) => dialect.Constant(literal);
        SumVector[] vectors = SumVectors(together).ToArray();
        string parameters = string.Join(", ", vectors.Select(vector => $"ref {dialect.Type} {vector.Name}"));
        string Scale(SumVector vector, string sigma, string tanh) => dialect.PerGate(Enumerable.Repeat(sigma, vector.Sigmas).Concat(Enumerable.Repeat(tanh, together - vector.Sigmas)));
        writer.Lines($$"""

            /// <summary>
            /// z in; 2 sigma(z) - 1 of rem, save and focus and tanh(z) / 2 of ltm' out; focus last, for it is needed last. The scale cancels.
            /// </summary>
            {{Names.Inline}}
            private static void Activate({{parameters}}, float scale)
            {
                // u = (z/2)^2 of a sigma, z^2 of a tanh
                var most = {{C(Tanh.MostSquare)}};
            {{string.Join("\n", vectors.Select(vector => vector.Sigmas == 0
                ? $"    var {vector.Name}U = global::Lstm.Kernels.Simd.AtMost({vector.Name} * {vector.Name}, most);"
                : $"    var {vector.Name}U = global::Lstm.Kernels.Simd.AtMost(({vector.Name} * {Scale(vector, "0.25f", "1f")}) * {vector.Name}, most);"))}}
            {{string.Join("\n", vectors.Select(vector => $"    {vector.Name} = global::Lstm.Kernels.Simd.Clamp({vector.Name}, {Scale(vector, Tanh.MostSigma, Tanh.Most)});"))}}

                // z P(u) / Q(u), each with a scale of its own
            {{string.Join("\n\n", vectors.Select((vector, i) => Quotient(dialect, multiplyAdd, vector.Name, i == 0 ? string.Empty : Number(1 << i))))}}
            }
            """);
    }

    private static string Quotient(Dialect dialect, string multiplyAdd, string name, string scale)
    {
        string C(string literal) => dialect.Constant(scale.Length == 0 ? $"{literal} * scale" : $"{literal} * ({scale} * scale)");
        return $$"""
                var {{name}}U2 = {{name}}U * {{name}}U;
                {{name}} *= {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.P4)}}, {{name}}U2, {{multiplyAdd}}({{C(Tanh.P3)}}, {{name}}U, {{C(Tanh.P2)}})), {{name}}U2, {{multiplyAdd}}({{C(Tanh.P1)}}, {{name}}U, {{C(Tanh.P0)}}));
                {{name}} /= {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.Q4)}}, {{name}}U2, {{multiplyAdd}}({{C(Tanh.Q3)}}, {{name}}U, {{C(Tanh.Q2)}})), {{name}}U2, {{multiplyAdd}}({{C(Tanh.Q1)}}, {{name}}U, {{C(Tanh.Q0)}}));
            """;
    }

    /// <summary>A whole number as a float literal.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture) + "f";

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
    public static class Tanh
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
