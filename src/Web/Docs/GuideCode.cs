namespace Rpd.Web.Docs;

/// <summary>The guide's samples that are more than one call, by language.</summary>
public static class GuideCode
{
    public static IReadOnlyDictionary<string, string> Poll(string address) => new Dictionary<string, string>
    {
        ["curl"] = $$"""
            id=your_generation_id
            until curl -s --fail-with-body {{address}}/v1/generations/$id \
              -H "X-API-KEY: {{CallCode.Key}}" | grep -E '"status":"(completed|failed|cancelled)"'; do
              sleep 2
            done
            """,
        ["javascript"] = $$"""
            const id = "your_generation_id";
            let generation;
            do {
              await new Promise(resolve => setTimeout(resolve, 2000));
              const response = await fetch(`{{address}}/v1/generations/${id}`, { headers: { "X-API-KEY": "{{CallCode.Key}}" } });
              if (!response.ok) throw new Error(await response.text());
              generation = (await response.json()).data;
            } while (!["completed", "failed", "cancelled"].includes(generation.status));
            console.log(generation.outputUrls);
            """,
        ["python"] = $$"""
            import json, time, urllib.request

            id = "your_generation_id"
            while True:
                request = urllib.request.Request("{{address}}/v1/generations/" + id, headers={"X-API-KEY": "{{CallCode.Key}}"})
                with urllib.request.urlopen(request) as response:
                    generation = json.load(response)["data"]
                if generation["status"] in ("completed", "failed", "cancelled"):
                    break
                time.sleep(2)
            print(generation["outputUrls"])
            """,
        ["csharp"] = $$"""
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("X-API-KEY", "{{CallCode.Key}}");
            var id = "your_generation_id";
            System.Text.Json.JsonElement generation;
            do
            {
                await Task.Delay(2000);
                using var answer = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync("{{address}}/v1/generations/" + id));
                generation = answer.RootElement.GetProperty("data").Clone();
            }
            while (generation.GetProperty("status").GetString() is not ("completed" or "failed" or "cancelled"));
            Console.WriteLine(generation.GetProperty("outputUrls"));
            """,
    };

    /// <summary>Each prints whether the signature of a delivery is right; secret, body and signature are put in by the reader's own program.</summary>
    public static IReadOnlyDictionary<string, string> Verify { get; } = new Dictionary<string, string>
    {
        ["curl"] = """
            # body.json holds the raw bytes of the delivery, $WEBHOOK_SECRET the secret with its whsec_
            openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" -hex body.json
            # The hex digits must equal X-Webhook-Signature.
            """,
        ["javascript"] = """
            import { createHmac, timingSafeEqual } from "node:crypto";

            function verified(rawBody, signature, secret) {
              const right = createHmac("sha256", secret).update(rawBody).digest();
              const sent = Buffer.from(signature, "hex");
              return sent.length === right.length && timingSafeEqual(sent, right);
            }
            """,
        ["python"] = """
            import hashlib, hmac

            def verified(raw_body: bytes, signature: str, secret: str) -> bool:
                right = hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest()
                return hmac.compare_digest(right, signature)
            """,
        ["csharp"] = """
            using System.Security.Cryptography;
            using System.Text;

            static bool Verified(byte[] rawBody, string signature, string secret) =>
                CryptographicOperations.FixedTimeEquals(
                    HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), rawBody), Convert.FromHexString(signature));
            """,
    };
}
