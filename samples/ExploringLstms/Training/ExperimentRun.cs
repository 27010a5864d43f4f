using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Lstm;

namespace ExploringLstms;

/// <summary>An experiment from the first weights to its figures.</summary>
internal static class ExperimentRun
{
    /// <summary>Attempts, each from other weights, before the last one is taken as it is.</summary>
    public const int MostAttempts = 10;

    /// <summary>Updates between two looks at the validation strings.</summary>
    public const int CheckEvery = 250;

    /// <summary>The largest N that is tried.</summary>
    public const int MostCount = 100;

    private const int HeldOutOfEachCount = 100;
    private const int TriedOfEachCount = 20;
    private const int ExplainedOfEachCount = 10;

    /// <summary>Trains, and looks at what was learned.</summary>
    /// <param name="seed">Decides the first weights and the strings of every update.</param>
    /// <param name="report">Called now and then.</param>
    /// <param name="mostAttempts">How often training may begin.</param>
    public static ExperimentResult Run<TNetwork, TState, TGradient>(
        Experiment experiment, int seed, Action<TrainingStatus> report, int mostAttempts = MostAttempts)
        where TNetwork : unmanaged, ICharacterNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            using Trainer<TNetwork, TState, TGradient> trainer = new(experiment, HashCode(seed, attempt));
            TrainingStatus status = Train(trainer, experiment, attempt, start, report);
            if (status.Right == status.Count || attempt >= mostAttempts)
            {
                return Look(trainer, experiment, status);
            }
        }
    }

    /// <summary>
    /// One attempt: until every validation string is right and sure, or the updates are done. The network has the weights that were best for the
    /// validation strings at the end: of those with most right strings, the ones whose least probability is largest.
    /// </summary>
    /// <returns>The status of these weights.</returns>
    private static TrainingStatus Train<TNetwork, TState, TGradient>(
        Trainer<TNetwork, TState, TGradient> trainer, Experiment experiment, int attempt, long start, Action<TrainingStatus> report)
        where TNetwork : unmanaged, ICharacterNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        IReadOnlyList<string> validation = experiment.ValidationStrings;
        TrainingPlan plan = experiment.Plan;
        double loss = 0;
        int since = 0;
        TrainingStatus best = default;
        for (int update = 1; ; update++)
        {
            loss += trainer.Update(update - 1);
            since++;
            if (update % CheckEvery != 0 && update != plan.Updates)
            {
                continue;
            }

            (int right, float least) = trainer.Evaluate(validation);
            TrainingStatus status = new(
                update, plan.Updates, attempt, loss / since, right, validation.Count, least, Stopwatch.GetElapsedTime(start).TotalSeconds);
            report(status);
            if (best.Update == 0 || (right, least).CompareTo((best.Right, best.Least)) > 0)
            {
                best = status;
                trainer.Keep();
            }

            if (update >= plan.Updates || least >= plan.Sure)
            {
                trainer.Restore();
                return best;
            }

            loss = 0;
            since = 0;
        }
    }

    private static ExperimentResult Look<TNetwork, TState, TGradient>(
        Trainer<TNetwork, TState, TGradient> trainer, Experiment experiment, TrainingStatus status)
        where TNetwork : unmanaged, ICharacterNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        IReadOnlyList<string> heldOut = experiment.Strings(Use.HeldOut, HeldOutOfEachCount);
        int right = trainer.Evaluate(heldOut).Right;
        int upTo = Enumerable.Range(1, MostCount).TakeWhile(count =>
            experiment.StringsOf(count, TriedOfEachCount) is var tried && trainer.Evaluate(tried).Right == tried.Count).LastOrDefault();
        TracedText[] explained =
        [
            .. Enumerable.Range(1, experiment.Largest).SelectMany(count => experiment.StringsOf(count, ExplainedOfEachCount)).Select(Record),
        ];
        TracedText[] shown = [.. experiment.Shown(upTo).Select(Record)];
        TellingNeuron telling = TellingNeuron.Find(explained, experiment.Signals);
        string layers = TNetwork.LayerCount > 1 ? $"{TNetwork.LayerCount} layers of " : string.Empty;
        string network = FormattableString.Invariant($"{layers}{TNetwork.HiddenSize} units, {TNetwork.ParameterCount:N0} parameters");
        return new ExperimentResult(
            experiment, network, status.Update, status.Attempt, status.Seconds, right, heldOut.Count, upTo, shown, telling,
            ExperimentResult.Explain(experiment, telling, explained));

        TracedText Record(string text) => Recorder.Record<TNetwork, TState, TGradient>(experiment, in trainer.Network, text);
    }

    private static int HashCode(int seed, int attempt) => unchecked((seed * 1_000_003) + (attempt * 7919)) & int.MaxValue;
}
