using System;

namespace VanishingGradients;

/// <summary>
/// The gradient of a diagonal chain of width 2, as a formula:
/// <c>dL/dw_jj^(i) = (yHat - y) (product of w_jj over every layer but i) x_j</c>. Products are sums of logarithms here, so that the gradient neither
/// under- nor overflows.
/// </summary>
internal static class ClosedForm
{
    /// <summary>For each layer log10 of the norm of its gradient.</summary>
    /// <param name="weights">Two for each layer.</param>
    /// <param name="x">Two inputs.</param>
    /// <param name="y">The target.</param>
    public static double[] Log10(ReadOnlySpan<float> weights, ReadOnlySpan<float> x, double y)
    {
        double[] products = new double[2];
        double yHat = 0;
        for (int j = 0; j < 2; j++)
        {
            int sign = Math.Sign(x[j]);
            for (int i = j; i < weights.Length; i += 2)
            {
                products[j] += Math.Log10(Math.Abs((double)weights[i]));
                sign *= Math.Sign(weights[i]);
            }

            yHat += sign * Math.Pow(10, products[j]) * Math.Abs((double)x[j]);
        }

        double error = Math.Log10(Math.Abs(yHat - y));
        double[] log10 = new double[weights.Length / 2];
        for (int i = 0; i < log10.Length; i++)
        {
            log10[i] = error + Norm(Term(0, weights, x), Term(1, weights, x));

            double Term(int j, ReadOnlySpan<float> weights, ReadOnlySpan<float> x) =>
                products[j] - Math.Log10(Math.Abs((double)weights[2 * i + j])) + Math.Log10(Math.Abs((double)x[j]));
        }

        return log10;
    }

    /// <summary>log10 of sqrt(a^2 + b^2), from log10 of a and b.</summary>
    private static double Norm(double a, double b)
    {
        (double large, double small) = a > b ? (a, b) : (b, a);
        return large + 0.5 * Math.Log10(1 + Math.Pow(10, 2 * (small - large)));
    }
}
