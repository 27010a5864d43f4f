using System;
using System.Runtime.InteropServices;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Runs and trains every type, and hashes all numbers.</summary>
    public static class Scenario
    {
        /// <summary>A line for each type: its name and its hash.</summary>
        public static string[] Hashes()
        {
            string[][] parts = { FloatCells.Hashes(), DoubleCells.Hashes(), Networks.Hashes(), Chains.Hashes(), Streams.Hashes() };
            int count = 0;
            foreach (string[] part in parts)
            {
                count += part.Length;
            }

            string[] lines = new string[count];
            int at = 0;
            foreach (string[] part in parts)
            {
                part.CopyTo(lines, at);
                at += part.Length;
            }

            return lines;
        }
    }

    /// <summary>Numbers in [-1, 1), multiples of 2^-15, the same everywhere.</summary>
    internal static class Numbers
    {
        public static float[] Floats(int count, uint seed) => Array.ConvertAll(Doubles(count, seed), number => (float)number);

        public static double[] Doubles(int count, uint seed)
        {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++)
            {
                seed = unchecked((seed * 1664525) + 1013904223);
                numbers[i] = ((int)(seed >> 16) - 32768) / 32768.0;
            }

            return numbers;
        }
    }

    /// <summary>The FNV-1a hash of the bits of numbers.</summary>
    internal sealed class Bits
    {
        public ulong Hash { get; private set; } = 14695981039346656037;

        public void Add(float number) => Add(new[] { number });

        public void Add(double number) => Add(new[] { number });

        public void Add(float[] numbers) => Add(numbers.AsSpan());

        public void Add(double[] numbers) => Add(numbers.AsSpan());

        public void Add(Span<float> numbers) => AddBytes(MemoryMarshal.AsBytes(numbers));

        public void Add(Span<double> numbers) => AddBytes(MemoryMarshal.AsBytes(numbers));

        private void AddBytes(Span<byte> bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                Hash = unchecked((Hash ^ bytes[i]) * 1099511628211);
            }
        }
    }
}
