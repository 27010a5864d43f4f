using System.Collections.Generic;
using System.Linq;
using Lstm.Charts;

namespace Agents;

/// <summary>The picture of a run.</summary>
internal static class Picture
{
    /// <param name="foodPerMinute">For each generation.</param>
    public static Chart Of(Settings settings, IReadOnlyList<double> foodPerMinute) => new LineChart(
        $"{settings.Agents:N0} agents, {(settings.Shared ? $"{settings.Brains} brains" : "a brain each")}"
            + (settings.Learning ? "" : ", without learning"),
        new Axis("time in the game in minutes") { Minimum = 0 },
        new Axis("food per agent and minute") { Minimum = 0 },
        [
            new Series("food", [.. foodPerMinute.Select(static (food, generation) => new Point((generation + 1) / 6.0, food))]) { Color = 1 },
        ]);
}
