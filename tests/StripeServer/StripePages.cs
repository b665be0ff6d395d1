using Microsoft.AspNetCore.Http;

namespace Rpd.Tests.Stripe;

/// <summary>The pages that customers see: where they pay, and where their invoices are.</summary>
internal static class StripePages
{
    public static async Task Answer(HttpContext http, StripeWorld world)
    {
        switch (http.Request.Method, http.Request.Path.Value!.Split('/')[1..])
        {
            case ("GET", ["pay", var id]):
                var session = world.Find(id);
                await Html(http, $"<h1>Pay {session.Text("amount_total")}</h1><form method=post><button>Pay</button></form><a href=\"{session.Text("cancel_url")}\">Back</a>");
                break;
            case ("POST", ["pay", var id]):
                world.Complete(id);
                http.Response.Redirect(world.Find(id).Text("success_url")!.Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal));
                break;
            case ("GET", ["portal", var id]):
                await Html(http, $"<h1>Your invoices</h1><a href=\"{world.Find(id).Text("return_url")}\">Back</a>");
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    private static Task Html(HttpContext http, string body)
    {
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync($"<!doctype html><html lang=en><meta charset=utf-8><title>Stripe</title><body>{body}");
    }
}
