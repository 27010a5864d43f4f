using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Keras.Hdf5;

namespace Lstm.Formats.Keras;

/// <summary>A file of weights in HDF5, by paths such as layers/lstm/cell/vars/0.</summary>
internal sealed class KerasWeights
{
    private readonly Source source;
    private readonly Hdf5File file;
    private readonly Hdf5Group groups;
    private readonly Hdf5Dataset datasets;

    /// <summary>Opens it.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or has no layers.</exception>
    public KerasWeights(Source source)
    {
        this.source = source;
        file = new Hdf5File(source);
        groups = new Hdf5Group(file);
        datasets = new Hdf5Dataset(file);
        Root = Exists("layers") ? "layers" : "_layer_checkpoint_dependencies"; // what Keras 2.13 called it
        if (!Exists(Root))
        {
            throw source.Refuse("its root", $"no group of layers", "weights that Keras 3 saved");
        }
    }

    /// <summary>The group of the layers.</summary>
    public string Root { get; }

    /// <summary>The error for what was found at a path.</summary>
    public LstmFormatException Refuse(string path, FormattableString found, string supported) => source.Refuse(path, found, supported);

    /// <summary>Whether there is something at a path.</summary>
    /// <exception cref="LstmFormatException">The way to it is damaged.</exception>
    public bool Exists(string path) => Find(path) is not null;

    /// <summary>The names of the groups in a group, in ordinal order.</summary>
    /// <exception cref="LstmFormatException">It is damaged.</exception>
    public IReadOnlyList<string> Groups(string path) =>
        [.. Members(path).Where(member => groups.Is(member.Value, path)).Select(static member => member.Key).Order(StringComparer.Ordinal)];

    /// <summary>Whether there are datasets in a group.</summary>
    /// <exception cref="LstmFormatException">It is damaged.</exception>
    public bool HasDatasets(string path) => Members(path).Any(member => datasets.Is(member.Value, path));

    /// <summary>The numbers of a dataset.</summary>
    /// <exception cref="LstmFormatException">There is none, or it is damaged, or of another type.</exception>
    public Tensor Tensor(string path)
    {
        ulong address = Find(path) ?? throw source.Refuse(path, $"nothing", "the weights of a layer");
        (int[] shape, float[] values) = datasets.Read(address, path);
        return source.Tensor(path, shape, values);
    }

    private IReadOnlyDictionary<string, ulong> Members(string path) =>
        Find(path) is { } address ? groups.Members(address, path) : new Dictionary<string, ulong>();

    private ulong? Find(string path)
    {
        ulong address = file.Root;
        foreach (string name in path.Split('/'))
        {
            file.Visit(path);
            if (!groups.Members(address, path).TryGetValue(name, out address))
            {
                return null;
            }
        }

        return address;
    }
}
