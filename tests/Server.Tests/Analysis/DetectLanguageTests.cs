using Rpd.Server.Analysis.Builtin;

namespace Rpd.Server.Tests.Analysis;

public sealed class DetectLanguageTests
{
    [Theory]
    [InlineData("en", "I don't like old cabin cruisers.")]
    [InlineData("en", "Seems it never rains in Southern California.")]
    [InlineData("en", "Hello world")]
    [InlineData("en", "Dr. Angela Weber of Siemens AG paid $3.5 million on March 5, 2024 in Munich.")]
    [InlineData("de", "Guten Morgen")]
    [InlineData("de", "Wo bleibt mein Paket?")]
    [InlineData("de", "Ich möchte eine Rückerstattung für meine Bestellung.")]
    [InlineData("fr", "Bonjour tout le monde")]
    [InlineData("fr", "Où est la bibliothèque ?")]
    [InlineData("fr", "La livraison est arrivée avec deux jours de retard.")]
    [InlineData("es", "¿Dónde está la biblioteca?")]
    [InlineData("es", "Me gusta mucho esta película")]
    [InlineData("es", "El pedido llegó con dos días de retraso.")]
    [InlineData("it", "Mi piace molto questo film")]
    [InlineData("it", "La consegna è arrivata con due giorni di ritardo.")]
    [InlineData("pt", "Bom dia a todos")]
    [InlineData("pt", "Gosto muito deste filme")]
    [InlineData("pt", "A entrega chegou com dois dias de atraso.")]
    [InlineData("ja", "これはペンです。")]
    [InlineData("ja", "東京は日本の首都です")]
    [InlineData("ko", "안녕하세요, 만나서 반갑습니다.")]
    [InlineData("hi", "नमस्ते, आप कैसे हैं?")]
    [InlineData("ar", "مرحبا كيف حالك اليوم")]
    [InlineData("zh", "我们今天去学校。")]
    [InlineData("zh", "iPhone 很好用")]
    [InlineData("zh-TW", "我們今天去學校。")]
    public void Each_of_the_twelve_languages_is_told(string language, string text) => Assert.Equal(language, DetectLanguage.Run(text));

    [Theory]
    [InlineData("")]
    [InlineData("12345 !!! 😀")]
    [InlineData("Привет, как дела?")]
    [InlineData("Καλημέρα κόσμε")]
    public void What_is_in_none_of_them_is_in_none(string text) => Assert.Null(DetectLanguage.Run(text));
}
