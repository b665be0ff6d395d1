using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Server.Providers;

/// <summary>A credential. Formatting, serialising and inspecting it show dots; only <see cref="Reveal"/> gives it away, and its callers sign requests.</summary>
[TypeConverter(typeof(FromText)), JsonConverter(typeof(AsDots)), DebuggerDisplay(Dots)]
public sealed class Secret(string value)
{
    private const string Dots = "•••";
    private const int ShownOfLong = 4, Long = 16;

    private readonly string value = value.Trim();

    public bool Empty => value.Length == 0;

    /// <summary>Its last letters, by which people tell keys apart; dots alone where they would be much of it.</summary>
    public string Hint => value.Length >= Long ? Dots + value[^ShownOfLong..] : Dots;

    public string Reveal() => value;

    public override string ToString() => Dots;

    /// <summary><paramref name="text"/> without it, for what others say and may repeat: error messages of vendors.</summary>
    public string Strike(string text) => Empty ? text : text.Replace(value, Dots, StringComparison.Ordinal);

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => new Secret((string)value);
    }

    private sealed class AsDots : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Dots);
    }
}
