using System;
using System.IO;
using Lstm.Formats;

namespace Lstm.Build;

/// <summary>Packs a file of trained weights, as the .targets of the package ask for it.</summary>
internal static class Program
{
    /// <summary>The exit code for a file or an item that is wrong. What is wrong with it is then all that is printed.</summary>
    public const int Refused = 2;

    public static int Main(string[] arguments)
    {
        // UTF-8 everywhere, as the .targets read it.
        using var output = new StreamWriter(Console.OpenStandardOutput());
        return Run(arguments, output);
    }

    /// <summary>Runs it.</summary>
    /// <param name="output">Where it says what is wrong.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output)
    {
        if (arguments is not [string path] || path is "--help" or "-h")
        {
            output.WriteLine("Packs trained weights for Lstm.Generators; the build runs it for each LstmWeights item.");
            output.WriteLine("Usage: dotnet Lstm.Build.dll REQUEST");
            return arguments is ["--help" or "-h"] ? 0 : 1;
        }

        var request = BuildRequest.Parse(File.ReadAllText(path));
        try
        {
            WeightsBuild.Run(request);
            return 0;
        }
        catch (LstmFormatException error)
        {
            return Refuse(request, output, $"{error.Place}: found {error.Found}. Supported: {error.Supported}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or RequestException)
        {
            return Refuse(request, output, error.Message);
        }
    }

    /// <summary>Leaves no output behind, so that the next build tries again.</summary>
    private static int Refuse(BuildRequest request, TextWriter output, string message)
    {
        File.Delete(request.Descriptor);
        File.Delete(request.Rom);
        output.WriteLine(message);
        return Refused;
    }
}
