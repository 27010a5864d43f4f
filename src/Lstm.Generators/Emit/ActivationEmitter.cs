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
        // Named directly: the JIT inlines into a method only while that has under 512 locals, and each level costs some.
        string multiplyAdd = kernel.Arithmetic == ArithmeticKind.Fused ? Names.Fused : "MultiplyAdd";
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
            EmitStandard(writer, dialect, multiplyAdd);
        }
    }

    /// <summary>
    /// tanh(x) = x P(x^2) / Q(x^2), a minimax rational of degree 9 / 8 on |x| up to 8.1, where tanh is 1 - 1.8e-7.
    /// sigma(x) = 1/2 + 1/2 tanh(x/2) shares its constants: with a set of its own, registers would not hold them all.
    /// </summary>
    private static void EmitStandard(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        string type = dialect.Type;
        string C(string literal) => dialect.Constant(literal);
        writer.Lines($$"""

            /// <summary>tanh(x) = x P(x^2) / Q(x^2) within 5 ulp; |x| over 8.1 counts as 8.1, NaN stays NaN.</summary>
            {{Names.Inline}}
            private static {{type}} Tanh({{type}} x)
            {
                x = global::Lstm.Kernels.Simd.Clamp(x, {{C("8.1f")}});
                {{type}} u = x * x;
                {{type}} u2 = u * u;
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.P4)}}, u2, {{multiplyAdd}}({{C(Tanh.P3)}}, u, {{C(Tanh.P2)}})), u2, {{multiplyAdd}}({{C(Tanh.P1)}}, u, {{C(Tanh.P0)}}));
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.Q4)}}, u2, {{multiplyAdd}}({{C(Tanh.Q3)}}, u, {{C(Tanh.Q2)}})), u2, {{multiplyAdd}}({{C(Tanh.Q1)}}, u, {{C(Tanh.Q0)}}));
                return (x * p) / q;
            }

            /// <summary>sigma(x) = 1/2 + 1/2 tanh(x/2) within 2e-7.</summary>
            {{Names.Inline}}
            private static {{type}} Sigmoid({{type}} x) => MultiplyAdd(Tanh(x * {{C("0.5f")}}), {{C("0.5f")}}, {{C("0.5f")}});

            /// <summary>
            /// The same of all four gates: z in; sigma(z), sigma(z), sigma(z), tanh(z) out. Side by side, so that a constant is
            /// loaded once for four uses and the divisions overlap.
            /// </summary>
            {{Names.Inline}}
            private static void Activate(ref {{type}} rem, ref {{type}} save, ref {{type}} focus, ref {{type}} cand)
            {
                var half = {{C("0.5f")}};
                var limit = {{C("8.1f")}};
            {{Gates("    {0} = global::Lstm.Kernels.Simd.Clamp({0}{1}, limit);", " * half")}}
            {{Gates("    var {0}U = {0} * {0};")}}

                // x P(u), u = x^2
                var p4 = {{C(Tanh.P4)}};
                var p3 = {{C(Tanh.P3)}};
                var p2 = {{C(Tanh.P2)}};
                var p1 = {{C(Tanh.P1)}};
                var p0 = {{C(Tanh.P0)}};
            {{Gates("    var {0}P = MultiplyAdd(p4, {0}U * {0}U, MultiplyAdd(p3, {0}U, p2));")}}
            {{Gates("    {0} *= MultiplyAdd({0}P, {0}U * {0}U, MultiplyAdd(p1, {0}U, p0));")}}

                // / Q(u)
                var q4 = {{C(Tanh.Q4)}};
                var q3 = {{C(Tanh.Q3)}};
                var q2 = {{C(Tanh.Q2)}};
                var q1 = {{C(Tanh.Q1)}};
                var q0 = {{C(Tanh.Q0)}};
            {{Gates("    var {0}Q = MultiplyAdd(q4, {0}U * {0}U, MultiplyAdd(q3, {0}U, q2));")}}
            {{Gates("    {0} /= MultiplyAdd({0}Q, {0}U * {0}U, MultiplyAdd(q1, {0}U, q0));")}}

                // sigma(z) = 1/2 + 1/2 tanh(z/2)
                rem = MultiplyAdd(rem, half, half);
                save = MultiplyAdd(save, half, half);
                focus = MultiplyAdd(focus, half, half);
            }

            /// <summary>sigma' = sigma (1 - sigma).</summary>
            {{Names.Inline}}
            private static {{type}} SigmoidDerivative({{type}} sigma) => sigma * ({{C("1f")}} - sigma);

            /// <summary>tanh' = 1 - tanh^2, as a product that keeps its digits near 1.</summary>
            {{Names.Inline}}
            private static {{type}} TanhDerivative({{type}} tanh) => ({{C("1f")}} - tanh) * ({{C("1f")}} + tanh);
            """);
    }

    /// <summary>One line a gate; {1} is for the three that are sigmas.</summary>
    private static string Gates(string line, string sigma = "") => string.Join(
        "\n", ForwardEmitter.Gates.Select(gate => string.Format(CultureInfo.InvariantCulture, line, gate, gate == "cand" ? string.Empty : sigma)));

    /// <summary>Coefficients of P and Q in x^2; P0 = Q0 keeps tanh(x) = x near 0.</summary>
    private static class Tanh
    {
        public const string P0 = "1.2161391f";
        public const string P1 = "0.16342875f";
        public const string P2 = "0.0043345117f";
        public const string P3 = "2.6470385e-5f";
        public const string P4 = "1.8284037e-8f";
        public const string Q0 = "1.2161391f";
        public const string Q1 = "0.5688084f";
        public const string Q2 = "0.03178555f";
        public const string Q3 = "4.1335114e-4f";
        public const string Q4 = "1.0271922e-6f";
    }
}
