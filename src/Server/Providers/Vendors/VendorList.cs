using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Providers.Vendors;

/// <summary>Section <c>Providers</c>: by the vendor's name, how it is reached.</summary>
public sealed class ProvidersOptions : Dictionary<string, VendorAccess>, IValidatableObject
{
    public ProvidersOptions() : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, access) in this)
        {
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(access, new(access), wrong, validateAllProperties: true);
            foreach (var one in wrong) yield return new($"{name}: {one.ErrorMessage}");
        }
    }
}

/// <summary>Every vendor that has an adapter here, with what the operator has configured for it.</summary>
public sealed class VendorList
{
    public static readonly IReadOnlyList<Vendor> Known =
    [
        new Kling.KlingVendor(), new Google.GoogleVendor(), new HeyGen.HeyGenVendor(), new OpenAi.OpenAiVendor(), new Stability.StabilityVendor(), new ElevenLabs.ElevenLabsVendor(), new Runway.RunwayVendor(),
        new Bfl.BflVendor(), new Luma.LumaVendor(), new Fal.FalVendor(), new Replicate.ReplicateVendor(), new ComfyUi.ComfyUiVendor(), new Compatible.CompatibleVendor(),
    ];

    private static readonly VendorAccess Nothing = new();
    private readonly Dictionary<string, Vendor> vendors;
    private readonly ProvidersOptions options;

    public VendorList(IEnumerable<Vendor> vendors, ProvidersOptions options)
    {
        (this.vendors, this.options) = (vendors.ToDictionary(vendor => vendor.Name), options);
        Cancelling = [.. this.vendors.Values.Where(vendor => vendor.Cancels).Select(vendor => vendor.Name)];
        if (options.Keys.FirstOrDefault(name => !this.vendors.ContainsKey(name)) is { } unknown)
            throw new CannotStart($"Providers:{unknown} names no provider. These are: {string.Join(", ", this.vendors.Keys.Order())}.");
    }

    public IReadOnlyCollection<Vendor> All => vendors.Values;

    /// <summary>How many of its generations this node looks after at once: also of a vendor that the operator has not configured, as accounts may have keys of their own.</summary>
    public int Hands(string name) => Access(name).Concurrency;

    /// <summary>The names of those that can be stopped.</summary>
    public string[] Cancelling { get; }

    public Vendor? Find(string name) => vendors.GetValueOrDefault(name);

    public VendorAccess Access(string name) => options.GetValueOrDefault(name) ?? Nothing;
}

public static class VendorSetup
{
    public static IServiceCollection AddVendors(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<ProvidersOptions>(settings, "Providers");
        foreach (var vendor in VendorList.Known) services.AddSingleton(vendor);
        return services.AddSingleton<VendorList>().AddSingleton<VendorHttp>().AddSingleton<VendorRuns>().AddSingleton<VendorChoices>();
    }
}
