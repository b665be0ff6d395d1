using Rpd.Shared.Accounts;

namespace Rpd.Server.Accounts;

/// <summary>Length is what makes a password strong; rules about its letters make it worse.</summary>
public static class PasswordRule
{
    public const int LengthMin = PasswordLength.Min, LengthMax = PasswordLength.Max;

    /// <summary>Null when it may be used.</summary>
    public static string? Wrong(string? password, string? email)
    {
        if (string.IsNullOrEmpty(password)) return "Choose a password.";
        if (password.Length < LengthMin) return $"The password needs {LengthMin} characters at least.";
        if (password.Length > LengthMax) return $"The password may have {LengthMax} characters at most.";
        if (email is not null && string.Equals(password, email.Trim(), StringComparison.OrdinalIgnoreCase)) return "The password must not be your e-mail address.";
        if (Common.Contains(password) || password.Distinct().Count() < 3) return "This password is one of the first that anybody would try. Choose another.";
        return null;
    }

    /// <summary>Those of ten characters and more that lead every published list of leaked passwords.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "12345678910", "123456789a", "0123456789", "0987654321", "9876543210", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "zaq12wsxcde3",
        "1234512345", "1231231231", "123123123123", "1234567891", "123456789q", "a123456789", "q123456789", "aa123456789", "abc123456789", "abcd123456",
        "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop123", "qwertyuiop1", "asdfghjkl1", "asdfghjkl;", "asdfghjkl123", "zxcvbnm123",
        "1qazxsw23edc", "qazwsxedcrfv", "poiuytrewq", "qweasdzxc123", "q1w2e3r4t5", "q1w2e3r4t5y6", "qwer1234qwer", "asdf1234asdf", "abcdefghij", "abcdefghijk",
        "password12", "password123", "password1234", "password12345", "password123456", "passwordpassword", "password01", "password00", "password11",
        "passw0rd123", "p@ssw0rd123", "p@ssword123", "mypassword", "mypassword1", "mypassword123", "newpassword", "newpassword1", "secretpassword",
        "changeme123", "changeme1234", "letmein123", "letmein1234", "welcome123", "welcome1234", "welcome12345", "iloveyou12", "iloveyou123", "iloveyou1234",
        "iloveyou2!", "princess123", "sunshine123", "football123", "baseball123", "basketball", "basketball1", "superman123", "spiderman1", "spiderman123",
        "starwars123", "pokemon123", "minecraft1", "minecraft123", "dragon12345", "monkey12345", "shadow12345", "master12345", "michael123", "jennifer123",
        "charlie123", "liverpool1", "liverpool123", "manchester", "manchester1", "chelsea123", "arsenal123", "barcelona1", "administrator", "administrator1",
        "admin12345", "admin123456", "admin1234567", "adminadmin", "adminadmin1", "root123456", "test123456", "testtest123", "testtesttest", "user123456",
        "guest12345", "default123", "computer123", "internet123", "samsung123", "google12345", "facebook123", "blink182182", "trustno1234", "correcthorsebatterystaple",
    };
}
