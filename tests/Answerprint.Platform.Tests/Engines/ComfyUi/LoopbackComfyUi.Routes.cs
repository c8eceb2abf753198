using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

internal sealed partial class LoopbackComfyUi
{
    /// <summary>What it says of its nodes; tests may add to it.</summary>
    public JsonObject ObjectInfo { get; } = JsonNode.Parse("""
        {
          "CheckpointLoaderSimple": { "input": { "required": { "ckpt_name": [["studio-base.safetensors", "other.ckpt"], {}] } }, "python_module": "nodes", "category": "loaders", "output_node": false },
          "CLIPTextEncode": { "input": { "required": { "text": ["STRING", { "multiline": true }], "clip": ["CLIP"] } }, "python_module": "nodes", "category": "conditioning", "output_node": false },
          "EmptyLatentImage": { "input": { "required": { "width": ["INT", { "default": 512, "min": 16, "max": 16384, "step": 8 }], "height": ["INT", { "default": 512, "min": 16, "max": 16384, "step": 8 }], "batch_size": ["INT", { "default": 1, "min": 1, "max": 4096 }] } }, "python_module": "nodes", "category": "latent", "output_node": false },
          "LoadImage": { "input": { "required": { "image": [["example.png"], { "image_upload": true }] } }, "python_module": "nodes", "category": "image", "output_node": false },
          "LoadImageMask": { "input": { "required": { "image": [["example.png"], { "image_upload": true }], "channel": [["alpha", "red", "green", "blue"]] } }, "python_module": "nodes", "category": "mask", "output_node": false },
          "LoadVideo": { "input": { "required": { "file": ["COMBO", { "options": ["example.mp4"], "video_upload": true }] } }, "python_module": "comfy_extras.nodes_video", "category": "image/video", "output_node": false },
          "SaveVideo": { "input": { "required": { "video": ["VIDEO"], "filename_prefix": ["STRING", { "default": "video/ComfyUI" }], "format": ["COMBO", { "options": ["auto", "mp4"] }], "codec": ["COMBO", { "options": ["auto", "h264"] }] } }, "python_module": "comfy_extras.nodes_video", "category": "image/video", "output_node": true },
          "KSampler": { "input": { "required": { "seed": ["INT", { "default": 0, "min": 0, "max": 18446744073709551615 }], "steps": ["INT", { "default": 20, "min": 1, "max": 10000 }], "cfg": ["FLOAT", { "default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1 }], "sampler_name": ["COMBO", { "options": ["euler", "ddim"] }], "model": ["MODEL"], "positive": ["CONDITIONING"], "negative": ["CONDITIONING"], "latent_image": ["LATENT"] } }, "python_module": "nodes", "category": "sampling", "output_node": false },
          "VAEDecode": { "input": { "required": { "samples": ["LATENT"], "vae": ["VAE"] } }, "python_module": "nodes", "category": "latent", "output_node": false },
          "SaveImage": { "input": { "required": { "images": ["IMAGE"], "filename_prefix": ["STRING", { "default": "ComfyUI" }] }, "hidden": { "prompt": "PROMPT" } }, "python_module": "nodes", "category": "image", "output_node": true },
          "PreviewImage": { "input": { "required": { "images": ["IMAGE"] } }, "python_module": "nodes", "category": "image", "output_node": true },
          "Sharpener": { "input": { "required": { "images": ["IMAGE"] } }, "python_module": "custom_nodes.Fancy-Nodes.sharp", "category": "image", "output_node": false },
          "CloudPainter": { "input": { "required": { "prompt": ["STRING", {}] } }, "python_module": "comfy_api_nodes.nodes_cloud", "category": "api node/image/Cloud", "api_node": true, "output_node": false }
        }
        """)!.AsObject();

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            Keys.Enqueue(context.Request.Headers.Authorization.ToString());
            if (!await Instead(context)) await next();
        });
        app.Map("/ws", SocketAsync);
        app.MapGet("/system_stats", () => Results.Text("""
            { "system": { "os": "posix", "ram_total": 68719476736, "ram_free": 34359738368, "comfyui_version": "0.3.60", "python_version": "3.12.3", "pytorch_version": "2.8.0+cpu", "embedded_python": false, "argv": ["main.py", "--secret", "token"] },
              "devices": [ { "name": "cpu", "type": "cpu", "index": null, "vram_total": 68719476736, "vram_free": 34359738368, "torch_vram_total": 0, "torch_vram_free": 0 } ] }
            """, "application/json"));
        app.MapGet("/object_info/{name}", (string name) => Json(ObjectInfo[name] is { } info ? new JsonObject { [name] = info.DeepClone() } : []));
        app.MapPost("/upload/image", (Delegate)UploadAsync);
        app.MapGet("/view", (string filename, string subfolder, string type) => Files.TryGetValue($"{type}/{subfolder}/{filename}", out var bytes) ? Results.Bytes(bytes, filename.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4" : "image/png") : Results.NotFound());
        app.MapPost("/prompt", (Delegate)PromptAsync);
        app.MapGet("/prompt", () => Json(QueueInfo()));
        app.MapGet("/history/{id}", (string id) => Json(History.TryGetValue(id, out var entry) ? new JsonObject { [id] = entry.DeepClone() } : []));
        app.MapPost("/history", async (HttpContext context) =>
        {
            foreach (var id in (await BodyAsync(context))["delete"]?.AsArray() ?? []) History.TryRemove(id!.GetValue<string>(), out _);
        });
        app.MapGet("/queue", () =>
        {
            lock (gate) return Json(new JsonObject { ["queue_running"] = new JsonArray(running is null ? [] : [Item(running)]), ["queue_pending"] = new JsonArray([.. pending.Select(Item)]) });
        });
        app.MapPost("/queue", async (HttpContext context) =>
        {
            var ids = ((await BodyAsync(context))["delete"]?.AsArray() ?? []).Select(id => id!.GetValue<string>()).ToList();
            lock (gate) pending.RemoveAll(item => ids.Contains(item.Id));
        });
        app.MapPost("/interrupt", async (HttpContext context) =>
        {
            var id = (await BodyAsync(context))["prompt_id"]?.GetValue<string>();
            lock (gate)
                if (running is not null && (!KnowsIds || id is null || running.Id == id)) running.Interrupt.Cancel();
        });
    }

    private static JsonNode Item(QueuedPrompt item) => new JsonArray(item.Number, item.Id, item.Prompt.DeepClone(), new JsonObject { ["client_id"] = item.ClientId }, new JsonArray());

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        try
        {
            return (await JsonNode.ParseAsync(context.Request.Body))?.AsObject() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private async Task SocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var client = context.Request.Query["clientId"].ToString();
        sockets[client] = socket;
        await TellAsync(client, "status", new JsonObject { ["status"] = QueueInfo(), ["sid"] = client });
        try
        {
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer, ending.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // Gone.
        }
        sockets.TryRemove(new KeyValuePair<string, WebSocket>(client, socket));
    }

    private async Task<IResult> UploadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form.Files.GetFile("image") is not { } file) return Results.BadRequest();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var (type, folder, name) = (form["type"].ToString() is { Length: > 0 } given ? given : "input", form["subfolder"].ToString(), file.FileName);
        if (form["overwrite"] != "true")
            for (var i = 1; Files.ContainsKey($"{type}/{folder}/{name}"); i++) name = $"{Path.GetFileNameWithoutExtension(file.FileName)} ({i}){Path.GetExtension(file.FileName)}";
        Files[$"{type}/{folder}/{name}"] = bytes.ToArray();
        Uploaded.TryAdd(name, bytes.ToArray());
        return Json(new JsonObject { ["name"] = name, ["subfolder"] = folder, ["type"] = type });
    }

    private async Task<IResult> PromptAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        if (body["prompt"] is not JsonObject prompt) return Results.Text("""{ "error": { "type": "no_prompt", "message": "No prompt provided", "details": "No prompt provided", "extra_info": {} }, "node_errors": {} }""", "application/json", statusCode: 400);
        Prompts.Enqueue(prompt.DeepClone().AsObject());
        var errors = new JsonObject();
        foreach (var (id, node) in prompt)
        {
            var name = node!["inputs"]!["ckpt_name"]?.GetValue<string>();
            if (name is null || name == "studio-base.safetensors") continue;
            errors[id] = new JsonObject
            {
                ["errors"] = new JsonArray(new JsonObject { ["type"] = "value_not_in_list", ["message"] = "Value not in list", ["details"] = $"ckpt_name: '{name}' not in ['studio-base.safetensors']", ["extra_info"] = new JsonObject() }),
                ["dependent_outputs"] = new JsonArray("9"), ["class_type"] = node["class_type"]!.GetValue<string>(),
            };
        }
        if (errors.Count > 0)
            return Results.Text(new JsonObject { ["error"] = new JsonObject { ["type"] = "prompt_outputs_failed_validation", ["message"] = "Prompt outputs failed validation", ["details"] = "", ["extra_info"] = new JsonObject() }, ["node_errors"] = errors }.ToJsonString(), "application/json", statusCode: 400);
        var item = Queue(prompt.DeepClone().AsObject(), body["client_id"]?.GetValue<string>() ?? "");
        return Json(new JsonObject { ["prompt_id"] = item.Id, ["number"] = item.Number, ["node_errors"] = new JsonObject() });
    }
}
