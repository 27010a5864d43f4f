using System;
using System.Collections.Generic;
using System.Globalization;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Sequences;

namespace Lstm.Tasks.Report;

/// <summary>The tasks, each with its network, its settings, and what Hochreiter and Schmidhuber report (Neural Computation 9 (8), 1997).</summary>
internal static class Experiments
{
    /// <summary>13 of 2,560: half a percent.</summary>
    private const int AllowedWrong = 13;

    /// <summary>The adding problem; tables 7 and 10.</summary>
    public static Experiment Adding(AddingForm form, int steps)
    {
        long figure = steps <= 100 ? 74_000 : steps <= 500 ? 209_000 : 853_000;
        PaperRow[] paper = (form, steps) switch
        {
            (AddingForm.Hochreiter, 100) => [new("10 trials", 93, 74_000, "1 of 2,560")],
            (AddingForm.Hochreiter, 500) => [new("10 trials", 93, 209_000, "0 of 2,560")],
            (AddingForm.Hochreiter, 1000) => [new("10 trials", 93, 853_000, "1 of 2,560")],
            _ => [],
        };
        string number = steps.ToString("N0", CultureInfo.InvariantCulture);
        return form == AddingForm.Hochreiter
            ? Of<AddingNetwork, AddingNetwork.State, AddingNetwork.Gradient>(
                $"adding T = {number}", $"adding-{steps}", figure, paper, seed => new Adding(form, steps, seed), Settings.Adding(steps))
            : Of<AddingNetwork, AddingNetwork.State, AddingNetwork.Gradient>(
                $"adding (0,1) T = {number}", $"adding-unit-{steps}", figure, paper, seed => new Adding(form, steps, seed), Settings.Adding(steps));
    }

    /// <summary>Temporal order; tables 9 and 10.</summary>
    public static Experiment TemporalOrder(int symbols) => symbols == 2
        ? Of<TwoSymbolNetwork, TwoSymbolNetwork.State, TwoSymbolNetwork.Gradient>(
            "temporal order, 2 symbols", "temporal-order-2", 31_390, [new("20 trials", 156, 31_390, "1 of 2,560")],
            seed => new TemporalOrder(2, seed), Settings.TemporalOrder)
        : Of<ThreeSymbolNetwork, ThreeSymbolNetwork.State, ThreeSymbolNetwork.Gradient>(
            "temporal order, 3 symbols", "temporal-order-3", 571_100, [new("10 trials", 308, 571_100, "2 of 2,560")],
            seed => new TemporalOrder(3, seed), Settings.TemporalOrder);

    /// <summary>The embedded Reber grammar; table 1.</summary>
    public static Experiment Reber() =>
        Of<ReberNetwork, ReberNetwork.State, ReberNetwork.Gradient>(
            "embedded Reber grammar",
            "reber",
            39_740,
            [
                new("30 trials, slowest setting", 264, 39_740, "0 of 256 in 100 % of trials"),
                new("30 trials, fastest setting", 276, 8_440, "0 of 256 in 100 % of trials"),
            ],
            static seed => new Reber(seed),
            Settings.Reber);

    /// <summary>Copy memory, which is younger than the paper.</summary>
    public static Experiment Copy(int delay) =>
        Of<CopyNetwork, CopyNetwork.State, CopyNetwork.Gradient>(
            string.Create(CultureInfo.InvariantCulture, $"copy, delay {delay:N0}"), $"copy-{delay}", Settings.CopyLimit, [],
            seed => new Copy(delay, seed), Settings.Copy(delay));

    private static Experiment Of<TNetwork, TState, TGradient>(
        string name, string fileName, long limit, IReadOnlyList<PaperRow> paper, Func<int, ITask> newTask, LearningSettings settings)
        where TNetwork : unmanaged, ITrainableLstm<TNetwork, float, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float> =>
        new(
            name,
            fileName,
            $"{TNetwork.HiddenSize} units, {TNetwork.ParameterCount:N0} weights; {settings.Describe()}",
            limit,
            paper,
            (seed, most) => Trial.Run<TNetwork, TState, TGradient>(newTask(seed), settings, seed, most, AllowedWrong));
}
