using Rpd.Shared;
using Rpd.Shared.Accounts;

namespace Rpd.Web.PersonalData;

/// <param name="Works">Generations, finished or not.</param>
/// <param name="MediaBytes">Of everything that would be in the archive.</param>
/// <param name="Balance">Credits that are lost with the account.</param>
/// <param name="DeletionDays">For how long leaving may be taken back.</param>
public sealed record DataModel(
    string Handle, long Works, long MediaBytes, long Balance, int DeletionDays, LeaveForm Leave, FormErrors ExportErrors, FormErrors LeaveErrors);

/// <param name="Until">When the account is deleted.</param>
public sealed record LeavingModel(DateTimeOffset Until, KeepForm Form);
