using System;
using System.IO;
using Spectre.Console;

namespace ExploringLstms;

/// <summary>Shows the trainings while they run: bars on a terminal, a line now and then in a file or pipe.</summary>
internal static class ProgressView
{
    private const double LineSeconds = 5;

    /// <summary>Runs something that trains one experiment after the other, and shows it.</summary>
    /// <param name="output">Where to show it.</param>
    /// <param name="train">The trainings; it gets what it has to call with the name of an experiment and its status.</param>
    public static T Show<T>(TextWriter output, Func<Action<string, TrainingStatus>, T> train) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi
            ? ShowBars(train)
            : ShowLines(output, train);

    private static T ShowBars<T>(Func<Action<string, TrainingStatus>, T> train) =>
        AnsiConsole.Progress()
            .AutoRefresh(false) // refreshed by the reports: no second thread beside the training
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask? task = null;
                string current = string.Empty;
                return train((name, status) =>
                {
                    if (task is null || name != current)
                    {
                        task = context.AddTask(name, maxValue: 1);
                        current = name;
                    }

                    task.Value = status.Done;
                    task.Description = Describe(name, status).EscapeMarkup();
                    context.Refresh();
                });
            });

    private static T ShowLines<T>(TextWriter output, Func<Action<string, TrainingStatus>, T> train)
    {
        string current = string.Empty;
        double next = 0;
        return train((name, status) =>
        {
            if (name != current || status.Seconds >= next || status.Done >= 1)
            {
                output.WriteLine(Describe(name, status));
                current = name;
                next = status.Seconds + LineSeconds;
            }
        });
    }

    private static string Describe(string name, TrainingStatus status) =>
        $"{name}{(status.Attempt > 1 ? $", attempt {status.Attempt}" : string.Empty)}: update {status.Update:N0}, loss {status.Loss:0.000}, "
        + $"{status.Right} of {status.Count} validation strings, least probability {status.Least:0.000}, {status.Seconds:0.0} s";
}
