using System.Text.Json.Nodes;

namespace Rpd.Server.Providers.Vendors;

/// <summary>One HTTP request as data.</summary>
/// <param name="Address">A path below the vendor's base, or a whole address that the vendor has given out.</param>
public sealed record VendorCall(HttpMethod Method, string Address)
{
    public JsonNode? Json { get; init; }

    /// <summary>As <c>multipart/form-data</c>.</summary>
    public IReadOnlyList<VendorPart>? Form { get; init; }

    /// <summary>A file that is the whole body.</summary>
    public MediaInput? File { get; init; }

    /// <summary>The answer may stand elsewhere. There it is fetched like any other address, without our key.</summary>
    public bool Moves { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>It makes something that is paid for, so it is not sent again while its answer is unknown.</summary>
    public bool Creates { get; init; }

    /// <summary>The vendor tells the same call by its id: sent again it makes nothing twice.</summary>
    public bool Recognised { get; init; }

    public static VendorCall Get(string address) => new(HttpMethod.Get, address);

    /// <summary>Asks, or changes what may be changed twice.</summary>
    public static VendorCall Post(string address, JsonNode? json = null) => new(HttpMethod.Post, address) { Json = json };

    public static VendorCall Create(string address, JsonNode json) => new(HttpMethod.Post, address) { Json = json, Creates = true };

    public static VendorCall Create(string address, IReadOnlyList<VendorPart> form) => new(HttpMethod.Post, address) { Form = form, Creates = true };

    public VendorCall With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}

/// <summary>A field of a form, either text or a file.</summary>
public sealed record VendorPart(string Name, string? Text, MediaInput? File)
{
    public static VendorPart Of(string name, string text) => new(name, text, null);

    public static VendorPart Of(string name, MediaInput file) => new(name, null, file);
}

/// <summary>Members that are only there when there is something to say.</summary>
public static class JsonMembers
{
    public static JsonObject Put(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null) json[name] = value;
        return json;
    }
}
