using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>Neural Amp Modeler's one array of weights.</summary>
public class NamTests
{
    [Theory]
    [InlineData(16, 1, 1_201)]
    [InlineData(8, 2, 905)]
    [InlineData(3, 1, 70)]
    public void Count_IsThatOfTheTrainersFiles(int hidden, int layers, int count)
    {
        LstmModel model = Models.Random(1, 1, [.. Enumerable.Repeat(hidden, layers)], 1);
        Assert.Equal(count, Weights(model).Length);
    }

    /// <summary>Numbered one by one: a row has W and then U, blocks are i f g o, then b, wm, ltm, V, c.</summary>
    [Fact]
    public void Weights_StandWhereTheFormatHasThem()
    {
        const int d = 3;
        LstmModel model = Models.Random(2, 2, [d], 1, state: true);
        float[] weights = Weights(model);
        Gate[] order = [Gate.Save, Gate.Remember, Gate.Candidate, Gate.Focus];
        for (int block = 0; block < order.Length; block++)
        {
            for (int row = 0; row < d; row++)
            {
                int at = ((block * d) + row) * (2 + d);
                Assert.Equal(model.W(0, order[block]).Slice(2 * row, 2).ToArray(), weights[at..(at + 2)]);
                Assert.Equal(model.U(0, order[block]).Slice(d * row, d).ToArray(), weights[(at + 2)..(at + 2 + d)]);
                Assert.Equal(model.B(0, order[block])[row], weights[(4 * d * (2 + d)) + (block * d) + row]);
            }
        }

        float[] rest = weights[(4 * d * (2 + d + 1))..];
        Assert.Equal(
            [.. model.InitialWorkingMemory(0), .. model.InitialLongTermMemory(0), .. model.V, .. model.C], rest);
    }

    /// <summary>What the trainer writes besides is passed over.</summary>
    [Fact]
    public void Metadata_IsPassedOver()
    {
        LstmModel model = Models.Random(2, 1, [4], 1, state: true);
        JsonNode json = JsonNode.Parse(Models.Write(model, LstmFormat.Nam))!;
        json["sample_rate"] = 48000;
        json["metadata"] = new JsonObject { ["loudness"] = -18.2, ["training"] = new JsonObject { ["settings"] = null } };
        Models.AssertSame(model, Models.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), LstmFormat.Nam), "with metadata");
    }

    private static float[] Weights(LstmModel model) =>
        [.. JsonNode.Parse(Models.Write(model, LstmFormat.Nam))!["weights"]!.AsArray().Select(static value => value!.GetValue<float>())];
}
