namespace Rpd.Shared.Analysis;

/// <summary>What a text names, in its order, in the shape of Amazon Comprehend.</summary>
public sealed record EntitiesResult(IReadOnlyList<FoundEntity> Entities);

/// <summary>One thing that is named.</summary>
/// <param name="Score">0 to 1: how sure the rule is that found it.</param>
/// <param name="Type"><c>PERSON</c>, <c>LOCATION</c>, <c>ORGANIZATION</c>, <c>DATE</c>, <c>QUANTITY</c> or <c>OTHER</c> (addresses of mail and web, other names).</param>
/// <param name="BeginOffset">Of its first character, counted in Unicode code points from 0.</param>
/// <param name="EndOffset">Of the character after its last one.</param>
public sealed record FoundEntity(double Score, string Type, string Text, int BeginOffset, int EndOffset);
