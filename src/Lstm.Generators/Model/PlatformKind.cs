namespace Lstm.Generators.Model;

/// <summary>What a project's framework and language allow, and with it the form of what is generated.</summary>
internal enum PlatformKind
{
    /// <summary>.NET 8 and C# 12: vectors, generic kernels of the runtime, interfaces.</summary>
    Modern,

    /// <summary>
    /// netstandard2.1 and C# 9, as Unity and Mono have: the same members and layout, portable arithmetic, loops of the runtime over plain numbers.
    /// </summary>
    Portable,
}
