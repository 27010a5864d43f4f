using System;

namespace Lstm.Bits
{
    /// <summary>What is hashed of one type.</summary>
    internal sealed class Run
    {
        public Run(string name, Func<int, int, ulong> hash)
        {
            Name = name;
            Hash = hash;
        }

        /// <summary>The type's name.</summary>
        public string Name { get; }

        /// <summary>From the number of steps and of training steps to the hash.</summary>
        public Func<int, int, ulong> Hash { get; }
    }
}
