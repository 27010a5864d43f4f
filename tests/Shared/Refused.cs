using System;
using Xunit;

namespace Lstm.Testing;

/// <summary>Calls that must throw.</summary>
internal static class Refused
{
    /// <summary>A span of a wrong length: the exception names the parameter, and its message has both lengths.</summary>
    public static void Length(string parameter, int expected, int actual, Action call)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(parameter, call);
        Assert.Matches(FormattableString.Invariant($@" {expected}\b.* {actual}\b"), error.Message);
    }
}
