using System;
using System.Collections.Generic;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Report;

/// <summary>Trains one seed, with at most so many sequences.</summary>
internal delegate Trial RunTrial(int seed, long limit);

/// <summary>A task with what it takes to print about it.</summary>
/// <param name="Name">As the last line has it.</param>
/// <param name="FileName">The name of its CSV, without ending.</param>
/// <param name="Description">Network and training, in a line.</param>
/// <param name="Limit">The most training sequences, unless the user gives another number.</param>
/// <param name="Paper">What the paper of 1997 reports.</param>
/// <param name="Run">Trains one seed.</param>
internal sealed record Experiment(string Name, string FileName, string Description, long Limit, IReadOnlyList<PaperRow> Paper, RunTrial Run);

/// <summary>What the paper reports about a task, in means over its trials.</summary>
/// <param name="What">Trials, and what differs from row to row.</param>
/// <param name="Weights">Of its network.</param>
/// <param name="Sequences">Training sequences until success.</param>
/// <param name="Wrong">Wrong test sequences, as text.</param>
internal sealed record PaperRow(string What, int Weights, long Sequences, string Wrong);
