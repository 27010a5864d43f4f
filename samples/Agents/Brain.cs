using Lstm;

namespace Agents;

/// <summary>
/// What an agent thinks with. x: how strongly the food smells here, whether the agent has just eaten, how it turned last. y: turn and speed.
/// Portable: a replay has the same bits on every machine.
/// </summary>
[LstmNetwork(Input = 3, Hidden = 8, Output = 2, Arithmetic = Arithmetic.Portable, Backward = false)]
internal partial struct Brain;
