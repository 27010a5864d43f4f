using System;
using System.Globalization;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class ThrowTests
{
    [Fact]
    public void Length_NamesParameterExpectedAndActual()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("dWm", () => Throw.Length("dWm", 48, 47, "It is this."));
        Assert.StartsWith("'dWm' must have length 48, but its length is 47. It is this.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Multiple_NamesParameterRowAndActual()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("x", () => Throw.Multiple("x", 3, 10, "A step takes so many."));
        Assert.StartsWith(
            "'x' must have a length that is a multiple of 3, but its length is 10. A step takes so many.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AtLeast_NamesParameterLeastAndActual()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("tape", () => Throw.AtLeast("tape", 160, 159, "It is that."));
        Assert.StartsWith("'tape' must have a length of at least 160, but its length is 159. It is that.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutOfRange_NamesParameterActualAndLimit()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>("row", () => Throw.OutOfRange("row", -1, 5));
        Assert.StartsWith("'row' must be at least 0 and less than 5, but it is -1.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>In the type it was given in.</summary>
    [Fact]
    public void OutOfRange_HasTheActualValue()
    {
        Assert.Equal(-1, Assert.Throws<ArgumentOutOfRangeException>("row", () => Throw.OutOfRange("row", -1, 5)).ActualValue);
        Assert.Equal(0, Assert.Throws<ArgumentOutOfRangeException>("n", () => Throw.OutOfRange("n", "at least 1", 0)).ActualValue);
        Assert.Equal(-0.1, Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(1, 1, -0.1)).ActualValue);
        Assert.Equal(
            -0.1f, Assert.Throws<ArgumentOutOfRangeException>("maxNorm", () => GradientClipping.ByGlobalNorm(new float[1], -0.1f)).ActualValue);
        Assert.Equal(-2, Assert.Throws<ArgumentOutOfRangeException>("length", () => new AlignedMemory<float>(-2)).ActualValue);
    }

    /// <summary>The framework adds a line of its own, and that alone follows the culture.</summary>
    [Fact]
    public void OutOfRange_WritesTheNumberOnceItself()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>("a", () => Throw.OutOfRange("a", "above 0", -0.5));
        Assert.Equal(new ArgumentOutOfRangeException("a", -0.5, "'a' must be above 0, but it is -0.5.").Message, error.Message);
    }

    [Fact]
    public void OtherLength_NamesTheOther_AndWhetherItMayBeEmpty()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("g", () => Throw.OtherLength("g", "'w'", 3, 4));
        Assert.StartsWith("'g' must have length 3, but its length is 4. It must be as long as 'w'. ", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>("dX", () => Throw.OtherLength("dX", "'x'", 3, 4, optional: true));
        Assert.Contains(" It must be as long as 'x', or empty where it is not wanted. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_AreTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Swedish writes a negative number with U+2212; German separates thousands with a point.
            foreach (string name in new[] { "", "de-DE", "sv-SE" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Says("1234567", () => Throw.Rows("x", 1234567, "states", 1, "InputSize", 1, 0));
                Says("it is -7.", () => Throw.OutOfRange("x", -7, 1));
                Says("it is -0.5.", () => Throw.OutOfRange("x", "above 0", -0.5));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static void Says(string words, Action act) =>
            Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
    }
}
