using System;

namespace Lstm.Soak;

/// <summary>A number is not what it must be.</summary>
internal sealed class SoakException(string message) : Exception(message)
{
    /// <summary>The loss, if it is finite.</summary>
    public static double Finite(double loss, string what) => double.IsFinite(loss) ? loss : throw new SoakException($"The loss of {what} is {loss}");
}
