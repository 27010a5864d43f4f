using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// Type argument of a kernel that runs one step and writes no tape. The JIT compiles each of these cases without the code of
/// the others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OneStep;

/// <summary>Type argument of a kernel that runs any number of steps and writes no tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sequence;

/// <summary>Type argument of a kernel that runs any number of steps and writes a tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecordedSequence;
