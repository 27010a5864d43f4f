using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>Type argument of a kernel that writes a tape. The JIT compiles each case without the other's code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Recorded;

/// <summary>Type argument of a kernel that writes no tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Unrecorded;
