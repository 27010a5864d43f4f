using System;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// Conversions that let one method serve float and double: it computes in double and rounds what it stores. One sum, difference, product or quotient
/// of two floats then has the bits of float arithmetic: a double has 53 binary digits, and 2 x 24 + 2 suffice for that.
/// </summary>
/// <remarks>
/// <c>IFloatingPoint</c> would do the same, but netstandard2.1 does not have it. The type argument is always float or double. The JIT knows which,
/// and compiles each conversion to one instruction or none.
/// </remarks>
internal static class Number
{
    /// <summary>The value as a double, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe double ToDouble<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? *(float*)&value : *(double*)&value;

    /// <summary>The value rounded to <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe T FromDouble<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            float rounded = (float)value;
            return *(T*)&rounded;
        }

        return *(T*)&value;
    }

    /// <summary>The value rounded to <typeparamref name="TTo"/>; where the types are the same, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged
        where TTo : unmanaged =>
        typeof(TFrom) == typeof(TTo) ? *(TTo*)&value : FromDouble<TTo>(ToDouble(value));

    /// <summary>Adds a term that is rounded to <typeparamref name="T"/> first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<T>(ref T sum, double term)
        where T : unmanaged =>
        sum = FromDouble<T>(ToDouble(sum) + ToDouble(FromDouble<T>(term)));

    /// <summary>The largest finite number.</summary>
    internal static double Largest<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;

    /// <summary>The least normal number: 2^-126, of double 2^-1022.</summary>
    internal static double LeastNormal<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308;

    /// <summary>Copies the values as doubles, which is exact.</summary>
    internal static void Widen<T>(ReadOnlySpan<T> values, Span<double> destination)
        where T : unmanaged
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = ToDouble(values.At(i));
        }
    }

    /// <summary>Copies the values, each rounded to <typeparamref name="T"/>.</summary>
    internal static void Narrow<T>(ReadOnlySpan<double> values, Span<T> destination)
        where T : unmanaged
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = FromDouble<T>(values.At(i));
        }
    }

    /// <summary>The name of <typeparamref name="T"/> in a declaration.</summary>
    internal static Scalar ScalarOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Scalar.Single : Scalar.Double;
}
