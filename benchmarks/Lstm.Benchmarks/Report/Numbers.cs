using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>How numbers look in the report.</summary>
internal static class Numbers
{
    /// <summary>A time: three digits, as far as they mean something.</summary>
    public static string Time(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
