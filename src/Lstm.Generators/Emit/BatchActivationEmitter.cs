using System.Linq;
using Tanh = Lstm.Generators.Emit.ActivationEmitter.Tanh;

namespace Lstm.Generators.Emit;

/// <summary>
/// The quotients of <see cref="ActivationEmitter"/> for many sequences, whose divisions overlap: fewest operations rather than
/// shortest latency. Limiting x before it is squared limits the square too, and coefficients take the 1/4 of sigma's: powers of two change
/// no bit.
/// </summary>
internal static class BatchActivationEmitter
{
    public static void Emit(SourceWriter writer, Dialect dialect, string multiplyAdd)
    {
        if (dialect.Lanes > 1)
        {
            EmitQuotient(writer, dialect, multiplyAdd, "ManyHalfTanh", "tanh(x) / 2 = x P(x^2) / Q(x^2)", Tanh.Most, Enumerable.Repeat("scale", 5).ToArray());
            EmitQuotient(
                writer, dialect, multiplyAdd, "ManyTanhOfHalf", "tanh(x/2) = 2 sigma(x) - 1 = x P(x^2/4) / Q(x^2/4)", Tanh.MostSigma,
                new[] { "scale", "(scale / 4)", "(scale / 16)", "(scale / 64)", "(scale / 256)" });
        }
    }

    /// <param name="scales">What the coefficient of each power of x^2 is multiplied by.</param>
    private static void EmitQuotient(
        SourceWriter writer, Dialect dialect, string multiplyAdd, string name, string summary, string most, string[] scales)
    {
        string type = dialect.Type;
        string C(string literal, int power) => dialect.Constant($"{literal} * {scales[power]}");
        writer.Lines($$"""

            /// <summary>{{summary}}, in few operations.</summary>
            {{Names.Inline}}
            private static {{type}} {{name}}({{type}} x, float scale)
            {
                x = global::Lstm.Kernels.Simd.Clamp(x, {{dialect.Constant(most)}});
                {{type}} u = x * x;
                {{type}} u2 = u * u;
                {{type}} p = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.P4, 4)}}, u2, {{multiplyAdd}}({{C(Tanh.P3, 3)}}, u, {{C(Tanh.P2, 2)}})), u2, {{multiplyAdd}}({{C(Tanh.P1, 1)}}, u, {{C(Tanh.P0, 0)}}));
                {{type}} q = {{multiplyAdd}}({{multiplyAdd}}({{C(Tanh.Q4, 4)}}, u2, {{multiplyAdd}}({{C(Tanh.Q3, 3)}}, u, {{C(Tanh.Q2, 2)}})), u2, {{multiplyAdd}}({{C(Tanh.Q1, 1)}}, u, {{C(Tanh.Q0, 0)}}));
                return (x * p) / q;
            }
            """);
    }
}
