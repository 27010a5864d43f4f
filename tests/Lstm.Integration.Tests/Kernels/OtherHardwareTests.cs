using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Integration.Tests.Recurrent;
using Xunit;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>
/// The same bits on machines with less, as far as the runtime can be told to be one. Runs that <see cref="JitTests"/> need too are shared with them:
/// these are fully optimized at once, and the others, which go through the JIT's tiers, have the same bits.
/// </summary>
public class OtherHardwareTests
{
    [Fact]
    public async Task NarrowVectors_GiveTheSameBits()
    {
        IReadOnlyDictionary<string, string> here = await Here();
        IReadOnlyDictionary<string, string> narrow = (await Host.List("128")).Hashes;

        Assert.Equal(ModelUnderTest<float>.All.Count + ModelUnderTest<double>.All.Count, here.Count);
        Assert.Equal(here, narrow);
    }

    /// <summary>Where there are 512 bits, those of 256 are tried too; else both runs are the same.</summary>
    [Fact]
    public async Task VectorsOf256Bits_GiveTheSameBits() => Assert.Equal(await Here(), await Host.Run(("EnableAVX512", "0")));

    /// <summary>
    /// Without vectors and fused multiply-add. Portable arithmetic gives the same bits; what is fused elsewhere multiplies
    /// and adds here, which is what portable code does everywhere.
    /// </summary>
    [Fact]
    public async Task NoVectorInstructions_GiveTheBitsOfPortable()
    {
        IReadOnlyDictionary<string, string> here = await Here();
        IReadOnlyDictionary<string, string> plain = await Host.Run(("EnableHWIntrinsic", "0"));

        string[] portable =
        [
            .. ModelUnderTest<float>.All.Where(model => model.Arithmetic == Arithmetic.Portable).Select(Host.NameOf),
            .. ModelUnderTest<double>.All.Where(model => model.Arithmetic == Arithmetic.Portable).Select(Host.NameOf),
        ];
        Assert.NotEmpty(portable);
        Assert.All(portable, name =>
        {
            Assert.Equal(here[name], plain[name]);
            string fused = name.Replace("Portable", string.Empty);
            if (plain.TryGetValue(fused, out string? hash))
            {
                Assert.Equal(plain[name], hash);
            }
        });
    }

    /// <summary>With the widest vectors of this machine.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Here() => (await Host.List("512")).Hashes;
}
