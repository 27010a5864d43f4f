using System;
using System.Collections.Generic;
using System.Linq;
using MathNet.Numerics.LinearAlgebra;

namespace Lstm.Tasks.Sunspots;

/// <summary>
/// Linear autoregression, a regression for each horizon: y_{t+h} = a + sum of b_i y_{t-i}, least squares. The number of terms is the one with the
/// least AIC.
/// </summary>
/// <param name="horizons">The horizons that will be asked for.</param>
/// <param name="root">Whether it sees and forecasts square roots, whose noise is more even.</param>
internal sealed class Autoregression(IReadOnlyList<int> horizons, bool root) : IForecaster
{
    private static readonly int[] Orders = [6, 12, 18, 24, 30, 36, 48];

    /// <inheritdoc/>
    public string Name => root ? "autoregression of square roots" : "autoregression";

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past)
    {
        double[] numbers = [.. past.ToArray().Select(Transformed)];
        Dictionary<int, double[]> weights = horizons.ToDictionary(static horizon => horizon, horizon => Best(numbers, horizon));
        return (known, horizon) => Forecast(weights[horizon], known.Span);
    }

    private static double[] Best(double[] numbers, int horizon)
    {
        double least = double.PositiveInfinity;
        double[] best = [];
        foreach (int order in Orders)
        {
            // All orders are compared on the same rows.
            int first = Orders[^1] - 1;
            int rows = numbers.Length - horizon - first;
            Matrix<double> a = Matrix<double>.Build.Dense(rows, order + 1, (row, column) => column == 0 ? 1 : numbers[first + row + 1 - column]);
            Vector<double> y = Vector<double>.Build.Dense(rows, row => numbers[first + row + horizon]);
            Vector<double> weights = a.QR().Solve(y);
            double variance = (y - (a * weights)).PointwisePower(2).Sum() / rows;
            double aic = (rows * Math.Log(variance)) + (2 * (order + 1));
            if (aic < least)
            {
                (least, best) = (aic, weights.ToArray());
            }
        }

        return best;
    }

    private double Transformed(double number) => root ? Math.Sqrt(number) : number;

    private double Forecast(double[] weights, ReadOnlySpan<double> known)
    {
        double sum = weights[0];
        for (int i = 1; i < weights.Length; i++)
        {
            sum += weights[i] * Transformed(known[^i]);
        }

        return root ? sum * Math.Max(sum, 0) : sum;
    }
}
