using System;

namespace Lstm.Portable.Loops
{
    /// <summary>Prints the hashes, for a run on Mono.</summary>
    internal static class Program
    {
        private static void Main()
        {
            foreach (string line in Scenario.Hashes())
            {
                Console.WriteLine(line);
            }
        }
    }
}
