using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Samples;

/// <summary>Long runs that the user may end early.</summary>
internal static class Interruption
{
    /// <summary>Runs something that Ctrl-C, or a request to terminate, ends early instead of ending the program.</summary>
    public static T UntilInterrupted<T>(Func<CancellationToken, T> run)
    {
        using var source = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return run(source.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            source.Cancel();
        }
    }

    /// <inheritdoc cref="UntilInterrupted{T}(Func{CancellationToken, T})"/>
    public static void UntilInterrupted(Action<CancellationToken> run) => UntilInterrupted(stop =>
    {
        run(stop);
        return true;
    });
}
