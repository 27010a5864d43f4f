namespace Lstm.Generators.Model;

/// <summary>The type of every number of a generated struct; the values mirror <c>Lstm.Scalar</c>.</summary>
internal enum ScalarKind
{
    Single,
    Double,
}

/// <summary>What follows from the type of the numbers.</summary>
internal static class ScalarKinds
{
    /// <summary>Bytes of one number.</summary>
    public static int Bytes(this ScalarKind scalar) => scalar == ScalarKind.Double ? sizeof(double) : sizeof(float);

    /// <summary>Bits of a vector of so many numbers.</summary>
    public static int Bits(this ScalarKind scalar, int lanes) => 8 * scalar.Bytes() * lanes;

    /// <summary>How many numbers a vector holds.</summary>
    /// <param name="bits">512, 256 or 128; 0 for scalar code, which takes one at a time.</param>
    public static int Lanes(this ScalarKind scalar, int bits) => bits == 0 ? 1 : bits / scalar.Bits(1);
}
