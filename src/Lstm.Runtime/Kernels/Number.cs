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

    /// <summary>Adds a term that is rounded to <typeparamref name="T"/> first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<T>(ref T sum, double term)
        where T : unmanaged =>
        sum = FromDouble<T>(ToDouble(sum) + ToDouble(FromDouble<T>(term)));

    /// <summary>The name of <typeparamref name="T"/> in a declaration.</summary>
    internal static Scalar ScalarOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Scalar.Single : Scalar.Double;
}
