namespace System.Runtime.CompilerServices;

/// <summary>
/// Known to the compiler since C# 13, to the runtime since .NET 9: an empty <c>[]</c> goes to the overload for floats, as it
/// did before there was one for doubles.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
internal sealed class OverloadResolutionPriorityAttribute : Attribute
{
    public OverloadResolutionPriorityAttribute(int priority) => Priority = priority;

    public int Priority { get; }
}
