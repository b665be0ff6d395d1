namespace Rpd.Server.CustomModels;

/// <summary>What the description of the API shows.</summary>
internal static class CustomModelExamples
{
    /// <summary>Ten lines: five of praise, five complaints.</summary>
    public const string Body = """{"name":"Mail","kind":"text","seed":1,"file":"data:text/csv;base64,dGV4dCxsYWJlbApXaGF0IGEgbG92ZWx5IGxhbXAscHJhaXNlClRoYW5rIHlvdSBmb3IgdGhlIHF1aWNrIGRlbGl2ZXJ5LHByYWlzZQpUaGUgY2hhaXIgaXMgd29uZGVyZnVsLHByYWlzZQpXZSBhcmUgZGVsaWdodGVkIHdpdGggaXQscHJhaXNlCkdyZWF0IHNlcnZpY2UgYXMgYWx3YXlzLHByYWlzZQpUaGUgbGFtcCBhcnJpdmVkIGJyb2tlbixjb21wbGFpbnQKTm9ib2R5IGFuc3dlcnMgbXkgY2FsbHMsY29tcGxhaW50Ckkgd2FudCBteSBtb25leSBiYWNrLGNvbXBsYWludApUaGUgZGVsaXZlcnkgaXMgdHdvIHdlZWtzIGxhdGUsY29tcGxhaW50ClRoZSB3cm9uZyBjaGFpciB3YXMgc2VudCxjb21wbGFpbnQK"}""";

    public const string Queued = """{"name":"Mail","kind":"text","seed":1,"status":"queued","progress":0,"labels":["complaint","praise"],"examples":10,"version":1,"completedAt":null}""";

    public const string Ready = """
        {"name":"Mail","kind":"text","seed":1,"status":"ready","progress":100,"deployed":true,"labels":["complaint","praise"],"examples":10,"version":5,"metrics":{"examples":2,"accuracy":1,"macroF1":1,
        "labels":[{"label":"complaint","examples":1,"precision":1,"recall":1,"f1":1},{"label":"praise","examples":1,"precision":1,"recall":1,"f1":1}],"confusion":[[1,0],[0,1]]}}
        """;

    public const string Withdrawn = """
        {"name":"Mail","kind":"text","seed":1,"status":"ready","progress":100,"deployed":false,"labels":["complaint","praise"],"examples":10,"version":6,"metrics":{"examples":2,"accuracy":1,"macroF1":1,
        "labels":[{"label":"complaint","examples":1,"precision":1,"recall":1,"f1":1},{"label":"praise","examples":1,"precision":1,"recall":1,"f1":1}],"confusion":[[1,0],[0,1]]}}
        """;

    public const string Prediction = """{"label":"complaint","probabilities":[{"label":"complaint","probability":0.931},{"label":"praise","probability":0.069}]}""";
}
