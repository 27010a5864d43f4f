namespace Lstm.Soak;

/// <summary>Something that a program does with generated types for hours.</summary>
internal interface ILoad
{
    /// <summary>Does it for some milliseconds.</summary>
    /// <returns>How many time steps were computed.</returns>
    /// <exception cref="SoakException">A number is not what it must be.</exception>
    public long Turn();
}
