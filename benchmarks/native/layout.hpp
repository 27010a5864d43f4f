// Where the parameters of a cell of P inputs and D units lie.
//
// Units stand in groups whose accumulators fit the registers; a group holds, for each row of [1, x, wm], the gates of
// its tiles of 16, 8 and 4 units: [rem | save | focus | cand] of the first tile, then of the next. A group is contiguous.
#pragma once

#include "vectors.hpp"

enum Gate
{
    Remember,
    Save,
    Focus,
    Candidate,
    Gates,
};

/// The largest tile that a rest of units can be cut into.
constexpr int tile_units(int rest)
{
    return rest >= 16 ? 16 : rest >= 8 ? 8 : 4;
}

/// The lane of a gate of a unit within a group of some units.
constexpr int lane(int units, Gate gate, int unit)
{
    int first = 0;
    int tile = tile_units(units);
    while (unit >= first + tile)
    {
        first += tile;
        tile = tile_units(units - first);
    }

    return Gates * first + gate * tile + (unit - first);
}

/// What was fastest for a size: see benchmarks/README.md on how to try others.
template <int P, int D>
struct Tuning
{
    /// Units to a group.
    static constexpr int group = Lanes == 16 ? (D == 32 ? 32 : D < 24 ? D : D % 20 == 0 ? 20 : 16)
                                             : (D <= 20 ? D : D % 20 == 0 ? 20 : D < 128 ? 16 : 8);

    /// Partial sums to an accumulator: enough multiply-adds in flight to cover their latency.
    static constexpr int chains = Gates * group / Lanes >= 8 ? 1 : Gates * group / Lanes >= 4 ? 2 : 4;

    /// Groups forth and back by turns, so that the weights read last are read first: for weights beyond the first-level cache.
    static constexpr bool turns = D >= 56;
};

template <int P, int D>
struct Layout
{
    static_assert(D % 4 == 0, "Tiles hold 16, 8 or 4 units.");

    static constexpr int rows = 1 + P + D;
    static constexpr int group = Tuning<P, D>::group;
    static constexpr int groups = D / group;
    static constexpr int group_lanes = Gates * group;
    static constexpr int group_size = rows * group_lanes;
    static constexpr int size = groups * group_size;
    static_assert(D % group == 0, "Groups are equal.");

    static constexpr int index(int row, Gate gate, int unit)
    {
        return unit / group * group_size + row * group_lanes + lane(group, gate, unit % group);
    }
};
