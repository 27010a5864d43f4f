using System;
using System.IO;
using Spectre.Console;

namespace AmpModel;

/// <summary>Shows a training while it runs: a bar on a terminal, a line now and then in a file or pipe.</summary>
internal static class ProgressView
{
    private const double LineSeconds = 5;
    private const double LineShare = 0.1;

    /// <summary>Runs a training and shows it.</summary>
    /// <param name="output">Where to show it.</param>
    /// <param name="train">The training; it gets what it has to call with its status.</param>
    public static TrainingStatus Show(TextWriter output, Func<Action<TrainingStatus>, TrainingStatus> train) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi
            ? ShowBar(train)
            : ShowLines(output, train);

    private static TrainingStatus ShowBar(Func<Action<TrainingStatus>, TrainingStatus> train) =>
        AnsiConsole.Progress()
            .AutoRefresh(false) // refreshed by the reports: no second thread beside the training
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting", maxValue: 1);
                return train(status =>
                {
                    task.Value = status.Done;
                    task.Description = Describe(status).EscapeMarkup();
                    context.Refresh();
                });
            });

    private static TrainingStatus ShowLines(TextWriter output, Func<Action<TrainingStatus>, TrainingStatus> train)
    {
        double nextSeconds = 0;
        double nextDone = 0;
        return train(status =>
        {
            if (status.Evaluated && (status.Done >= nextDone || status.Seconds >= nextSeconds || status.Done >= 1))
            {
                output.WriteLine($"{status.Done,4:0 %}  {Describe(status)}");
                nextSeconds = status.Seconds + LineSeconds;
                nextDone = status.Done + LineShare;
            }
        });
    }

    private static string Describe(TrainingStatus status)
    {
        string testEsr = double.IsNaN(status.TestEsr) ? "..." : $"{status.TestEsr:0.0000}";
        return $"epoch {status.Epoch}  training loss {status.TrainEsr:0.0000}  test ESR {testEsr}  {status.Seconds:0.0} s";
    }
}
