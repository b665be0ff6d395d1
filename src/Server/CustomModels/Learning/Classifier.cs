using System.Runtime.InteropServices;
using System.Text;

namespace Rpd.Server.CustomModels.Learning;

/// <summary>A trained model: for each label a weight for every feature, and how likely each label is, at first sight. It is stored as these bytes and nothing more.</summary>
public sealed class Classifier
{
    private const int Magic = 0x4D_44_50_52, Version = 1;
    private readonly float[] weights;
    private readonly float[] bias;

    /// <param name="weights">One row of <paramref name="features"/> for each label.</param>
    internal Classifier(IReadOnlyList<string> labels, int features, float[] weights, float[] bias) => (Labels, Features, this.weights, this.bias) = (labels, features, weights, bias);

    public IReadOnlyList<string> Labels { get; }

    public int Features { get; }

    /// <summary>How likely each label is, in their order. They sum to one.</summary>
    public double[] Scores(FeatureVector example)
    {
        var scores = new double[Labels.Count];
        for (var label = 0; label < scores.Length; label++)
        {
            double sum = bias[label];
            for (var i = 0; i < example.Indices.Length; i++) sum += weights[(label * Features) + example.Indices[i]] * (double)example.Values[i];
            scores[label] = sum;
        }
        return Softmax(scores);
    }

    internal static double[] Softmax(double[] scores)
    {
        var (highest, all) = (scores.Max(), 0.0);
        for (var i = 0; i < scores.Length; i++) all += scores[i] = Math.Exp(scores[i] - highest);
        for (var i = 0; i < scores.Length; i++) scores[i] /= all;
        return scores;
    }

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Labels.Count);
        writer.Write(Features);
        foreach (var label in Labels) writer.Write(label);
        writer.Write(MemoryMarshal.AsBytes<float>(bias));
        writer.Write(MemoryMarshal.AsBytes<float>(weights));
        writer.Flush();
        return bytes.ToArray();
    }

    public static Classifier Read(byte[] stored)
    {
        using var reader = new BinaryReader(new MemoryStream(stored), Encoding.UTF8);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != Version) throw new InvalidDataException("These bytes are no classifier.");
        var (count, features) = (reader.ReadInt32(), reader.ReadInt32());
        var labels = new string[count];
        for (var i = 0; i < count; i++) labels[i] = reader.ReadString();
        var bias = Numbers(count);
        return new(labels, features, Numbers(count * features), bias);

        float[] Numbers(int length)
        {
            var numbers = new float[length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return numbers;
        }
    }
}
