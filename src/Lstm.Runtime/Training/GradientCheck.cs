#if NET8_0_OR_GREATER
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Compares a gradient with difference quotients of the loss, parameter by parameter, and names the worst. It finds what is wrong in a loss of your
/// own, in what is passed to <c>Backward</c>, or in a state that is not reset. For tests: each parameter takes four evaluations of the loss.
/// </summary>
/// <remarks>
/// The quotient of a parameter w is <c>(4 D(h) - D(2h)) / 3</c> with <c>D(h) = (L(w + h) - L(w - h)) / 2h</c>, in double; it is off by about h^4. h
/// is 2^-5 of floats and 2^-10 of doubles, times |w| where that is over 1: there the error of the formula and the rounding of the loss are about
/// equal. A loss with kinks differs near them.
/// </remarks>
/// <example><code>
/// GradientDifference worst = GradientCheck.Largest&lt;Net, float, Net.State&gt;(ref net, gradient.Values, () =>
/// {
///     Net.State state = default;                         // the same start for every evaluation
///     net.Forward(x, ref state, y);
///     return Loss.Squared(y, target);
/// });
/// Assert.True(worst.RelativeError &lt; 1e-2, worst.ToString());   // layer 0 U Save [3, 7]: gradient 0.123, difference quotient 0.321, ...
/// </code></example>
public static class GradientCheck
{
    /// <summary>Checks the gradient of a generated cell or network.</summary>
    /// <typeparam name="TModel">The cell or network.</typeparam>
    /// <typeparam name="TNumber">Its numbers, float or double.</typeparam>
    /// <typeparam name="TState">Its <c>State</c>.</typeparam>
    /// <param name="model">
    /// The model that <paramref name="loss"/> uses, by reference: its parameters are changed one at a time and restored bit for bit.
    /// </param>
    /// <param name="gradient">What is to be checked: the <c>Values</c> of the gradient that <c>Backward</c> gave.</param>
    /// <param name="loss">
    /// Computes the loss with the parameters as they are. It must not depend on earlier calls: reset states, and leave out dropout and noise.
    /// </param>
    /// <param name="count">How many parameters to check, chosen at random; at least 1. All of them by default.</param>
    /// <param name="seed">Chooses them.</param>
    /// <returns>The parameter with the largest relative error.</returns>
    /// <exception cref="ArgumentException"><paramref name="gradient"/> has not the length of the model's <c>Parameters</c>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="loss"/> gave two values for the same parameters, or one that is not finite.
    /// </exception>
    public static GradientDifference Largest<TModel, TNumber, TState>(
        ref TModel model, ReadOnlySpan<TNumber> gradient, Func<double> loss, int count = int.MaxValue, ulong seed = 0)
        where TModel : unmanaged, ILstm<TModel, TNumber, TState>
        where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
        where TState : unmanaged
    {
        Check(model.Parameters.Length, gradient.Length, loss, count);
        int[] places = ParameterNames<TModel, TNumber, TState>.Places();
        return Largest(model.Parameters, gradient, places, Choose(places.Length, count, seed), loss, ParameterNames<TModel, TNumber, TState>.NameOf);
    }

    /// <summary>Checks a gradient of any numbers, such as that of a chain.</summary>
    /// <param name="parameters">The numbers that <paramref name="loss"/> uses; changed one at a time and restored bit for bit.</param>
    /// <param name="gradient">What is to be checked, as long as <paramref name="parameters"/>.</param>
    /// <param name="loss">
    /// Computes the loss with the parameters as they are. It must not depend on earlier calls: reset states, and leave out dropout and noise.
    /// </param>
    /// <param name="name">The name of the parameter at an index; by default <c>parameter 12</c>.</param>
    /// <param name="count">How many parameters to check, chosen at random; at least 1. All of them by default.</param>
    /// <param name="seed">Chooses them.</param>
    /// <returns>The parameter with the largest relative error.</returns>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is empty, or <paramref name="gradient"/> not as long.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="loss"/> gave two values for the same parameters, or one that is not finite.
    /// </exception>
    public static GradientDifference Largest(
        Span<float> parameters, ReadOnlySpan<float> gradient, Func<double> loss, Func<int, string>? name = null,
        int count = int.MaxValue, ulong seed = 0) =>
        OfSpans(parameters, gradient, loss, name, count, seed);

    /// <inheritdoc cref="Largest(Span{float}, ReadOnlySpan{float}, Func{double}, Func{int, string}, int, ulong)"/>
    [OverloadResolutionPriority(-1)]
    public static GradientDifference Largest(
        Span<double> parameters, ReadOnlySpan<double> gradient, Func<double> loss, Func<int, string>? name = null,
        int count = int.MaxValue, ulong seed = 0) =>
        OfSpans(parameters, gradient, loss, name, count, seed);

    private static GradientDifference OfSpans<T>(
        Span<T> parameters, ReadOnlySpan<T> gradient, Func<double> loss, Func<int, string>? name, int count, ulong seed)
        where T : unmanaged
    {
        Check(parameters.Length, gradient.Length, loss, count);
        int[] places = Choose(parameters.Length, parameters.Length, seed: 0);
        name ??= static index => FormattableString.Invariant($"parameter {index}");
        return Largest(parameters, gradient, places, Choose(places.Length, count, seed), loss, name);
    }

    /// <param name="parameters">What is changed.</param>
    /// <param name="gradient">What is checked.</param>
    /// <param name="places">Where each parameter stands in both.</param>
    /// <param name="chosen">Which parameters are checked.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="name">The name of a parameter.</param>
    private static GradientDifference Largest<T>(
        Span<T> parameters, ReadOnlySpan<T> gradient, int[] places, int[] chosen, Func<double> loss, Func<int, string> name)
        where T : unmanaged
    {
        CheckRepeats(loss);
        var numeric = new double[chosen.Length];
        double largest = 0; // of what is finite
        for (int i = 0; i < chosen.Length; i++)
        {
            numeric[i] = Quotient(ref parameters[places[chosen[i]]], loss, name, chosen[i]);
            largest = Math.Max(largest, Math.Abs(numeric[i]));
        }

        foreach (T value in gradient)
        {
            double magnitude = Math.Abs(Number.ToDouble(value));
            largest = double.IsFinite(magnitude) ? Math.Max(largest, magnitude) : largest;
        }

        double floor = largest * (typeof(T) == typeof(float) ? 1e-2 : 1e-6);
        int worst = 0;
        double worstError = -1;
        for (int i = 0; i < chosen.Length; i++)
        {
            double error = RelativeError(Number.ToDouble(gradient[places[chosen[i]]]), numeric[i], floor);
            (worst, worstError) = error > worstError ? (i, error) : (worst, worstError);
        }

        int index = places[chosen[worst]];
        return new GradientDifference(name(chosen[worst]), index, Number.ToDouble(gradient[index]), numeric[worst], worstError);
    }

    private static double RelativeError(double analytic, double numeric, double floor) =>
        !double.IsFinite(analytic) ? double.PositiveInfinity
        : analytic == numeric ? 0
        : Math.Abs(analytic - numeric) / Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(numeric)), floor);

    // (4 D(h) - D(2h)) / 3
    private static double Quotient<T>(ref T parameter, Func<double> loss, Func<int, string> name, int index)
        where T : unmanaged
    {
        T before = parameter;
        double w = Number.ToDouble(before);
        double h = (typeof(T) == typeof(float) ? 1.0 / (1 << 5) : 1.0 / (1 << 10)) * Math.Max(1, Math.Abs(w));
        try
        {
            return ((4 * Central(ref parameter, w, h, loss, name, index)) - Central(ref parameter, w, 2 * h, loss, name, index)) / 3;
        }
        finally
        {
            parameter = before;
        }
    }

    // D(h) = (L(w + h) - L(w - h)) / 2h, where 2h is the difference of the parameters after rounding.
    private static double Central<T>(ref T parameter, double w, double h, Func<double> loss, Func<int, string> name, int index)
        where T : unmanaged
    {
        parameter = Number.FromDouble<T>(w + h);
        double above = Number.ToDouble(parameter), lossAbove = loss();
        parameter = Number.FromDouble<T>(w - h);
        double below = Number.ToDouble(parameter), lossBelow = loss();
        if (!double.IsFinite(lossAbove) || !double.IsFinite(lossBelow))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"'loss' must be finite, but with {name(index)} at {above:R} and {below:R} ")
                    + FormattableString.Invariant($"it is {lossAbove:R} and {lossBelow:R}."));
        }

        return (lossAbove - lossBelow) / (above - below);
    }

    private static void Check(int parameters, int gradient, Func<double> loss, int count)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (count < 1)
        {
            Throw.OutOfRange(nameof(count), "at least 1", count);
        }

        if (parameters == 0)
        {
            Throw.AtLeast(nameof(parameters), 1, 0, "There must be a parameter to check.");
        }

        if (gradient != parameters)
        {
            Throw.Length(nameof(gradient), parameters, gradient, "It has a value for each parameter, padding included, as Gradient.Values has.");
        }
    }

    private static void CheckRepeats(Func<double> loss)
    {
        double first = loss(), second = loss();
        if (!double.IsFinite(first))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"'loss' must be finite, but it is {first:R}."));
        }

        if (first != second)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"'loss' must depend on nothing but the parameters, but two calls gave {first:R} and {second:R}: ")
                    + "start each call from the same state, and leave out noise.");
        }
    }

    /// <summary>So many of the numbers from 0 to <paramref name="length"/> - 1, in ascending order.</summary>
    private static int[] Choose(int length, int count, ulong seed)
    {
        var numbers = new int[length];
        for (int i = 0; i < length; i++)
        {
            numbers[i] = i;
        }

        if (count >= length)
        {
            return numbers;
        }

        var random = new UniformRandom(seed);
        for (int i = 0; i < count; i++)
        {
            int other = i + Math.Min(length - i - 1, (int)(0.5 * (random.Next(1.0) + 1) * (length - i)));
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }

        Array.Sort(numbers, 0, count);
        return numbers[..count];
    }
}
#endif
