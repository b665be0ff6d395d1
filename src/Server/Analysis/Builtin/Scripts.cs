using System.Globalization;
using System.Text;

namespace Rpd.Server.Analysis.Builtin;

internal enum Script { None, Latin, Han, Kana, Hangul, Devanagari, Arabic, Other }

/// <summary>Which script a character belongs to, by Unicode's blocks. Digits, signs and pictures belong to none.</summary>
internal static class Scripts
{
    public static Script Of(Rune rune) => rune.Value switch
    {
        < 0x80 => Rune.IsLetter(rune) ? Script.Latin : Script.None,
        <= 0x24F => Rune.IsLetter(rune) ? Script.Latin : Script.None,
        >= 0x600 and <= 0x6FF or >= 0x750 and <= 0x77F or >= 0x8A0 and <= 0x8FF or >= 0xFB50 and <= 0xFDFF or >= 0xFE70 and <= 0xFEFC => Rune.IsLetter(rune) ? Script.Arabic : Script.None,
        >= 0x900 and <= 0x97F => Script.Devanagari,
        >= 0x1100 and <= 0x11FF or >= 0x3130 and <= 0x318F or >= 0xAC00 and <= 0xD7AF => Script.Hangul,
        >= 0x1E00 and <= 0x1EFF => Script.Latin,
        >= 0x3041 and <= 0x30FF or >= 0x31F0 and <= 0x31FF or >= 0xFF66 and <= 0xFF9D => Script.Kana,
        >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF => Script.Han,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.TitlecaseLetter ? Script.Other : Script.None,
    };
}
