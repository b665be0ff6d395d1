using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rpd.Server.OpenApi;

/// <summary>The comments on the shared records, as Markdown: they are the texts of the description.</summary>
public sealed partial class XmlDocs(Assembly assembly)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public string? Of(Type type) => members.TryGetValue($"T:{Name(type)}", out var member) ? Text(member.Element("summary")) : null;

    /// <summary>A property's own comment, or that of the parameter it was declared by.</summary>
    public string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        if (members.TryGetValue($"P:{Name(type)}.{property.Name}", out var own) && Text(own.Element("summary")) is { } text) return text;
        return members.TryGetValue($"T:{Name(type)}", out var member)
            ? Text(member.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == property.Name)) : null;
    }

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = Spaces().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } name => $"`{JsonNamingPolicy.CamelCase.ConvertName(name.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Markdown)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
