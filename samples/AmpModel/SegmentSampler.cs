using System;

namespace AmpModel;

/// <summary>
/// Cuts a recording into segments of one length and deals them in random order. Each time they are used up it cuts anew, at a
/// random offset, so that the cuts fall elsewhere.
/// </summary>
internal sealed class SegmentSampler
{
    private readonly int length;
    private readonly int lead;
    private readonly int segment;
    private readonly Random random;
    private readonly int[] starts;
    private int count;

    /// <summary>Segments of a recording.</summary>
    /// <param name="length">The samples of the recording; at least <paramref name="lead"/> + <paramref name="segment"/>.</param>
    /// <param name="lead">The samples in front of each segment that come with it.</param>
    /// <param name="segment">The samples of a segment without its lead.</param>
    /// <param name="seed">Decides offsets and order.</param>
    public SegmentSampler(int length, int lead, int segment, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, lead + segment);
        this.length = length;
        this.lead = lead;
        this.segment = segment;
        random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        starts = new int[(length - lead) / segment];
    }

    /// <summary>Where the next segment's lead starts.</summary>
    public int Next()
    {
        if (count == 0)
        {
            Cut();
        }

        return starts[--count];
    }

    private void Cut()
    {
        int latestOffset = Math.Min(segment, length - lead - segment + 1);
        for (int start = random.Next(latestOffset); start + lead + segment <= length; start += segment)
        {
            starts[count++] = start;
        }

        random.Shuffle(starts.AsSpan(0, count));
    }
}
