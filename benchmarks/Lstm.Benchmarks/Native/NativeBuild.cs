using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lstm.Benchmarks;

/// <summary>
/// Compiles <c>benchmarks/native</c> for this processor, when the benchmarks run: the build of the solution needs no C++ compiler.
/// </summary>
internal static class NativeBuild
{
    private const string Options = "-std=c++20 -O3 -march=native -ffp-contract=fast -fno-math-errno -fno-trapping-math -shared -fPIC";

    private static readonly Dictionary<string, nint> Loaded = [];

    static NativeBuild() => NativeLibrary.SetDllImportResolver(typeof(NativeBuild).Assembly, static (name, _, _) => Loaded.GetValueOrDefault(name));

    private static string Compiler => Environment.GetEnvironmentVariable("CXX") ?? "g++";

    /// <summary>Compiles one file into a shared library, unless that is done, and loads it.</summary>
    /// <param name="name">The library's name in <see cref="DllImportAttribute"/>.</param>
    /// <param name="source">The file in <c>benchmarks/native</c> that includes the others.</param>
    /// <param name="libraries">What to link with, as the compiler takes it.</param>
    /// <returns>Why there is none; null if all is well.</returns>
    public static string? Load(string name, string source, string libraries = "")
    {
        string sources = Path.Combine(Repository.Root, "benchmarks", "native");
        string output = Path.Combine(Repository.Root, "artifacts", "native", $"{Path.GetFileNameWithoutExtension(source)}-{Fingerprint(sources)}.so");
        if (!File.Exists(output) && !TryCompile(Path.Combine(sources, source), libraries, output, out string? reason))
        {
            return reason;
        }

        if (!NativeLibrary.TryLoad(output, out nint library))
        {
            return $"{output} does not load";
        }

        Loaded.Add(name, library);
        return null;
    }

    private static bool TryCompile(string source, string libraries, string output, [NotNullWhen(false)] out string? reason)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        string unfinished = $"{output}.{Environment.ProcessId}";
        try
        {
            string arguments = $"{Options} -o \"{unfinished}\" \"{source}\" {libraries}";
            using Process compiler = Process.Start(new ProcessStartInfo(Compiler, arguments) { RedirectStandardError = true })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                string first = errors.Split('\n').FirstOrDefault(static line => line.Contains("error", StringComparison.Ordinal)) ?? errors;
                reason = $"{Compiler} does not compile {Path.GetFileName(source)} here ({first.Trim()})";
                return false;
            }
        }
        catch (Win32Exception)
        {
            reason = $"there is no C++ compiler ({Compiler}; CXX may name another)";
            return false;
        }

        File.Move(unfinished, output, overwrite: true);
        reason = null;
        return true;
    }

    /// <summary>Of everything that goes into a library, this processor included: one made for another may not run here.</summary>
    private static string Fingerprint(string sources)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Compiler + Options + Processor.Name));
        foreach (string file in Directory.GetFiles(sources, "*.?pp").Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..12];
    }
}
