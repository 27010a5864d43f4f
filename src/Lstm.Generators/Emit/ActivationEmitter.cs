using Lstm.Generators.Model;

namespace Lstm.Generators.Emit;

/// <summary>tanh and sigma, from + - * / alone, so that they give the same bits everywhere.</summary>
internal static class ActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, ArithmeticKind arithmetic, AccuracyKind accuracy)
    {
        // Named directly: the JIT inlines into a method only while that has under 512 locals, and each level costs some.
        string multiplyAdd = arithmetic == ArithmeticKind.Fused ? Names.Fused : "MultiplyAdd";
        if (accuracy == AccuracyKind.Strict)
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

            /// <summary>sigma' = sigma (1 - sigma).</summary>
            {{Names.Inline}}
            private static {{type}} SigmoidDerivative({{type}} sigma) => sigma * ({{C("1f")}} - sigma);

            /// <summary>tanh' = 1 - tanh^2, as a product that keeps its digits near 1.</summary>
            {{Names.Inline}}
            private static {{type}} TanhDerivative({{type}} tanh) => ({{C("1f")}} - tanh) * ({{C("1f")}} + tanh);
            """);
    }

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
