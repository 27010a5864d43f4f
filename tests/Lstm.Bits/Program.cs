using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Lstm.Bits
{
    /// <summary>Prints a hash of all that each type computes, and compares it with recorded ones.</summary>
    internal static class Program
    {
        private const string Usage =
            "Usage: Lstm.Bits [--steps N] [--trainings N] [--types NAME,NAME] [--check FILE]\n"
            + "Prints a line for each type: its name, and a hash of the bits of all that it computes.\n"
            + "  --steps N      steps of each type, 10,000 if not given\n"
            + "  --trainings N  training steps of each type, 200 if not given: forward, backward, clipping, Adam\n"
            + "  --types NAMES  these types only\n"
            + "  --check FILE   compares with the lines of a file instead. A line has one hash, or two: with fused multiply-add, and without\n"
            + "Exit code 0; 1 if bits differ; 2 if the arguments are wrong.";

        private static int Main(string[] arguments)
        {
            int steps = 10_000;
            int trainings = 200;
            string? file = null;
            string[]? names = null;
            if (Array.IndexOf(arguments, "--help") >= 0)
            {
                Console.WriteLine(Usage);
                return 0;
            }

            for (int i = 0; i < arguments.Length; i += 2)
            {
                string value = i + 1 < arguments.Length ? arguments[i + 1] : string.Empty;
                bool right = arguments[i] switch
                {
                    "--steps" => TryCount(value, out steps),
                    "--trainings" => TryCount(value, out trainings),
                    "--types" => (names = value.Split(',')).Length > 0,
                    "--check" => File.Exists(file = value),
                    _ => false,
                };
                if (!right)
                {
                    Console.Error.WriteLine($"Not understood: {arguments[i]} {value}\n{Usage}");
                    return 2;
                }
            }

            List<Run> runs = AllRuns(names);
            return file is null ? Print(runs, steps, trainings) : Check(runs, steps, trainings, File.ReadAllLines(file));
        }

        private static bool TryCount(string text, out int count) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;

        private static int Print(List<Run> runs, int steps, int trainings)
        {
            foreach (Run run in runs)
            {
                Console.WriteLine($"{run.Name} {Text(run.Hash(steps, trainings))}");
            }

            return 0;
        }

        private static int Check(List<Run> runs, int steps, int trainings, string[] lines)
        {
            Console.WriteLine($"Fused multiply-add: {(HasMultiplyAdd ? "yes" : "no")}. Vectors: {Width}.");
            Dictionary<string, string[]> expected = new Dictionary<string, string[]>();
            foreach (string line in lines)
            {
                string[] parts = line.Split(' ');
                if (parts.Length > 1 && parts[0] != "#")
                {
                    expected[parts[0]] = parts;
                }
            }

            int equal = 0;
            foreach (Run run in runs)
            {
                string hash = Text(run.Hash(steps, trainings));
                string recorded = !expected.TryGetValue(run.Name, out string[]? hashes) ? "none"
                    : hashes.Length == 2 || HasMultiplyAdd ? hashes[1] : hashes[2];
                if (hash == recorded)
                {
                    equal++;
                }
                else
                {
                    Console.WriteLine($"{run.Name} {hash}, recorded: {recorded}");
                }
            }

            Console.WriteLine($"{runs.Count} types, {equal} equal");
            return runs.Count == equal ? 0 : 1;
        }

        /// <param name="names">Null: all.</param>
        private static List<Run> AllRuns(string[]? names)
        {
            List<Run> runs = new List<Run>(RunList.All) { new Run("TrainedNet", (steps, trainings) => TrainedNetRun.Hash(steps)) };
            return names is null ? runs : runs.FindAll(run => Array.IndexOf(names, run.Name) >= 0);
        }

        private static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

#if PORTABLE
        private static bool HasMultiplyAdd => false;

        private static string Width => "none, portable profile";
#else
        private static bool HasMultiplyAdd =>
            System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

        private static string Width => Kernels.Width.Is512 ? "512 bits"
            : Kernels.Width.Is256 ? "256 bits"
            : Kernels.Width.Is128 ? "128 bits"
            : "none";
#endif
    }
}
