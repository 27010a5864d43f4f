using Lstm;

namespace Snapshots;

/// <summary>Follows the loudness of a signal. Without <c>Backward</c> the generated file is half as long.</summary>
[LstmCell(Input = 1, Hidden = 4, Backward = false)]
public partial struct Envelope;

/// <summary>Decides between two actions from three senses.</summary>
[LstmNetwork(Input = 3, Hidden = 4, Output = 2, Backward = false)]
public partial struct Brain;
