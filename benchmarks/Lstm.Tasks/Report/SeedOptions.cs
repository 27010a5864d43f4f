namespace Lstm.Tasks.Report;

/// <summary>What the user chose.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="FirstSeed">The first of them; the others follow.</param>
/// <param name="Limit">The most training sequences of a seed; null: what the paper took.</param>
/// <param name="Threads">How many seeds run at once.</param>
internal sealed record SeedOptions(int Seeds, int FirstSeed, long? Limit, int Threads);
