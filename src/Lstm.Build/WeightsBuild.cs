using System;
using System.IO;
using System.Security.Cryptography;
using Lstm.Formats;
using Lstm.Formats.Content;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;

namespace Lstm.Build;

/// <summary>Makes an assembly with packed weights, and their description for the generator, of a model file.</summary>
internal static class WeightsBuild
{
    /// <summary>Writes both. The description comes last: where it stands, the assembly is whole.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no generated type can express.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="RequestException">The item is wrong.</exception>
    public static void Run(BuildRequest request)
    {
        int prewarm = request.PrewarmSteps();
        if (!File.Exists(request.File))
        {
            throw new RequestException("The file does not exist: write its path in LstmWeights Include, from the folder of the project file");
        }

        // Read once: the hash is that of the bytes that are packed.
        Source source = Read(request.File);
        LstmModel model = LstmFile.Read(source, FormatDetection.Of(source));
        NetworkLayout layout = ModelLayout.Of(model, request.File);
        string hash = Convert.ToHexString(SHA256.HashData(source.Bytes.Span)).ToLowerInvariant();
        Silence.Run(model, prewarm);

        var packed = PackedWeights.Of(model, layout);
        string type = RomType.NameOf(request.Project, request.Name);
        byte[] assembly = RomAssembly.Write(Path.GetFileNameWithoutExtension(request.Rom), type, packed.Bytes);
        var descriptor = new WeightsDescriptor(
            request.Name, request.Path, NetworkLayout.Version, FormatOf(request.File), hash, layout.First.Input, layout.First.Hidden, layout.Output,
            layout.Layers, packed.StateOffset, prewarm, $"{RomType.Namespace}.{type}");

        File.Delete(request.Descriptor);
        File.WriteAllBytes(request.Rom, assembly);
        File.WriteAllText(request.Descriptor, descriptor.ToText());
    }

    private static Source Read(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Source.Of(stream, file);
    }

    /// <summary>For the reader of the generated file: the extension says it well enough.</summary>
    private static string FormatOf(string file) => Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
}
