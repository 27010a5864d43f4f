using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ScottPlot.TickGenerators;

namespace Lstm.Charts;

/// <summary>Which values of an axis have a label, and what it says.</summary>
internal static class Ticks
{
    /// <summary>Beyond 10^4 and 10^-4 a number is written as a power of ten.</summary>
    private const int LargestPlainPower = 4;

    private const int Count = 6;

    /// <summary>The positions, where logarithmic axes count powers of ten, and labels.</summary>
    public static (double Position, string Label)[] Between(Axis axis, double low, double high)
    {
        if (axis.Ticks is { } chosen)
        {
            return [.. chosen.Select(value => (Position(axis, value), axis.Scale == Scale.Exponents ? Power(value) : Plain(value)))];
        }

        if (axis.Scale == Scale.Linear || high - low < 0.5)
        {
            return Linear(axis.Scale, low, high);
        }

        return high - low < 3 ? Decades(low, high) : Powers(low, high);
    }

    /// <summary>These ticks as the plot takes them.</summary>
    public static NumericManual Generator((double Position, string Label)[] ticks) =>
        new([.. ticks.Select(static tick => tick.Position)], [.. ticks.Select(static tick => tick.Label)]);

    /// <summary>Where a value stands.</summary>
    public static double Position(Axis axis, double value) => axis.Scale == Scale.Logarithmic ? Math.Log10(value) : value;

    /// <summary>A number with thousands separated.</summary>
    public static string Plain(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    private static (double Position, string Label)[] Linear(Scale scale, double low, double high)
    {
        double step = Step((high - low) / Count);
        bool plain = scale == Scale.Linear && Math.Max(Math.Abs(low), Math.Abs(high)) < 1e7 && step >= 1e-5;
        return [.. Multiples(low, high, step).Select(value => (value, Label(value)))];

        string Label(double value) => scale == Scale.Linear
            ? plain ? Plain(value) : value.ToString("0.###e0", CultureInfo.InvariantCulture).Replace('-', '−')
            : Math.Pow(10, value).ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>Powers of ten, with 2 and 5 times each.</summary>
    private static (double Position, string Label)[] Decades(double low, double high)
    {
        bool plain = Math.Max(Math.Abs(low), Math.Abs(high)) <= LargestPlainPower;
        return
        [
            .. from power in Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
               from factor in new[] { 1, 2, 5 }
               let position = power + Math.Log10(factor)
               where position >= low && position <= high
               select (position, plain ? Plain(factor * Math.Pow(10, power)) : factor == 1 ? Power(power) : $"{factor}·{Power(power)}"),
        ];
    }

    private static (double Position, string Label)[] Powers(double low, double high)
    {
        double step = Math.Max(1, Step((high - low) / Count));
        bool plain = Math.Max(Math.Abs(low), Math.Abs(high)) <= LargestPlainPower;
        return [.. Multiples(low, high, step).Select(power => (power, plain ? Plain(Math.Pow(10, power)) : Power(power)))];
    }

    private static IEnumerable<double> Multiples(double low, double high, double step)
    {
        // The ends may be multiples themselves, but for rounding.
        double slack = 1e-9 * step;
        for (double i = Math.Ceiling((low - slack) / step); i * step <= high + slack; i++)
        {
            yield return i * step + 0.0; // not -0
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, not below <paramref name="least"/>.</summary>
    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private static string Power(double exponent)
    {
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string text = exponent.ToString("0.##", CultureInfo.InvariantCulture);
        return "10" + string.Concat(text.Select(letter => letter switch { '-' => '⁻', '.' => '·', _ => Digits[letter - '0'] }));
    }
}
