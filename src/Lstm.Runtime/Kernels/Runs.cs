using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// Type argument of a kernel whose steps read the state from memory, which is faster for one step, and that writes no tape. The JIT
/// compiles each of these cases without the code of the others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OneStep;

/// <summary>Type argument of a kernel that may keep the state in registers from step to step, and writes no tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sequence;

/// <summary>Type argument of a kernel that may keep the state in registers from step to step, and writes a tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecordedSequence;
