namespace Rpd.Server.CustomModels.Learning;

/// <summary>What a classifier sees of an example: which features it has, in ascending order, and how strong each is. Its length is 1, so that long and short examples weigh alike.</summary>
public sealed record FeatureVector(int[] Indices, float[] Values)
{
    public static FeatureVector Of(IReadOnlyDictionary<int, float> features)
    {
        int[] indices = [.. features.Keys.Order()];
        var values = Array.ConvertAll(indices, index => features[index]);
        double square = 0;
        foreach (var value in values) square += value * (double)value;
        if (square > 0) for (var i = 0; i < values.Length; i++) values[i] = (float)(values[i] / Math.Sqrt(square));
        return new(indices, values);
    }
}
