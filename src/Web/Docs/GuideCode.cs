namespace Rpd.Web.Docs;

/// <summary>The guide's samples that are more than one call, by language.</summary>
public static class GuideCode
{
    public const string ErrorShape = """
      {
        "success": false,
        "error": {
          "code": "INSUFFICIENT_CREDITS",
          "message": "You need 10 credits but only have 3.",
          "details": null
        }
      }
      """;

    public const string Delivery = """
      {
        "event": "generation.completed",
        "timestamp": "2026-03-20T12:05:00Z",
        "data": {
          "id": "0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10",
          "status": "completed",
          "outputUrls": ["https://…"],
          "creditsCost": 10
        }
      }
      """;

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

    /// <summary>The three steps of an upload; each prints the file that was confirmed.</summary>
    public static IReadOnlyDictionary<string, string> Upload(string address) => new Dictionary<string, string>
    {
        ["curl"] = $$"""
            upload=$(curl -s --fail-with-body -X POST {{address}}/v1/files/upload-url \
              -H "X-API-KEY: {{CallCode.Key}}" \
              -H "Content-Type: application/json" \
              -d '{ "filename": "input.png", "contentType": "image/png" }') || { echo "$upload"; exit 1; }
            jq -r '.data.headers | to_entries[] | "\(.key): \(.value)"' <<< "$upload" > headers.txt
            curl -s --fail-with-body -T input.png -H @headers.txt "$(jq -r .data.uploadUrl <<< "$upload")" &&
            curl -s --fail-with-body -X POST {{address}}/v1/files/confirm \
              -H "X-API-KEY: {{CallCode.Key}}" \
              -H "Content-Type: application/json" \
              -d "$(jq '{ fileId: .data.fileId }' <<< "$upload")"
            """,
        ["javascript"] = $$"""
            import { readFile } from "node:fs/promises";

            async function post(path, body) {
              const response = await fetch("{{address}}" + path, {
                method: "POST",
                headers: { "X-API-KEY": "{{CallCode.Key}}", "Content-Type": "application/json" },
                body: JSON.stringify(body),
              });
              if (!response.ok) throw new Error(await response.text());
              return (await response.json()).data;
            }

            const upload = await post("/v1/files/upload-url", { filename: "input.png", contentType: "image/png" });
            const stored = await fetch(upload.uploadUrl, { method: "PUT", headers: upload.headers, body: await readFile("input.png") });
            if (!stored.ok) throw new Error(await stored.text());
            console.log(await post("/v1/files/confirm", { fileId: upload.fileId }));
            """,
        ["python"] = $$"""
            import json, urllib.request

            def post(path, body):
                request = urllib.request.Request(
                    "{{address}}" + path,
                    data=json.dumps(body).encode(),
                    headers={"X-API-KEY": "{{CallCode.Key}}", "Content-Type": "application/json"},
                )
                with urllib.request.urlopen(request) as response:
                    return json.load(response)["data"]

            upload = post("/v1/files/upload-url", {"filename": "input.png", "contentType": "image/png"})
            with open("input.png", "rb") as file:
                request = urllib.request.Request(upload["uploadUrl"], method="PUT", data=file.read(), headers=upload["headers"])
            urllib.request.urlopen(request).close()
            print(post("/v1/files/confirm", {"fileId": upload["fileId"]}))
            """,
        ["csharp"] = $$"""
            using System.Net.Http.Json;
            using System.Text.Json;

            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("X-API-KEY", "{{CallCode.Key}}");

            async Task<JsonElement> Post(string path, object body)
            {
                using var response = await client.PostAsJsonAsync("{{address}}" + path, body);
                response.EnsureSuccessStatusCode();
                return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
            }

            var upload = await Post("/v1/files/upload-url", new { filename = "input.png", contentType = "image/png" });
            using var storage = new HttpClient();
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync("input.png"));
            foreach (var header in upload.GetProperty("headers").EnumerateObject())
                content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            using var stored = await storage.PutAsync(upload.GetProperty("uploadUrl").GetString(), content);
            stored.EnsureSuccessStatusCode();
            Console.WriteLine(await Post("/v1/files/confirm", new { fileId = upload.GetProperty("fileId").GetString() }));
            """,
    };

    /// <summary>Whether the signature of a delivery is right, to be called by the reader's own program.</summary>
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

            static bool Verified(byte[] rawBody, string signature, string secret)
            {
                var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), rawBody));
                return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(right), Encoding.ASCII.GetBytes(signature));
            }
            """,
    };
}
